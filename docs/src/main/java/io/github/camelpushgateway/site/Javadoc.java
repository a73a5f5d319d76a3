package io.github.camelpushgateway.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Javadoc that {@code .ci/build-site} adds to the site after the pages are built. Its pages are derived from the sources: each
 * published module with Java code has a folder of its name.
 *
 * @param repository the folder that contains the modules
 */
record Javadoc(Path repository) {

    /** The first page of a module, the page of a package, or the page of a type, which may be nested. */
    private static final Pattern PAGE = Pattern.compile("javadoc/(?<module>[\\w-]+)/"
            + "(?:index|(?<package>[\\w/]+)/(?:package-summary|(?<type>\\w+)(?:\\.\\w+)*))\\.html");

    private static final String NOT_PUBLISHED = "<maven.deploy.skip>true<";

    /** Returns whether the Javadoc has a page. */
    boolean contains(String file) {
        Matcher page = PAGE.matcher(file);
        if (!page.matches()) {
            return false;
        }
        Path module = repository.resolve(page.group("module"));
        String packageFolder = page.group("package");
        String type = page.group("type");
        String source =
                packageFolder == null ? "" : type == null ? packageFolder : packageFolder + '/' + type + ".java";
        return isPublished(module.resolve("pom.xml"))
                && Stream.of("main", "generated")
                        .anyMatch(folder -> Files.exists(
                                module.resolve("src/" + folder + "/java").resolve(source)));
    }

    private static boolean isPublished(Path pom) {
        try {
            return Files.exists(pom) && !Files.readString(pom, UTF_8).contains(NOT_PUBLISHED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
