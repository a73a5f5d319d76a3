package io.github.camelpushgateway.gettingstarted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions in README and manual are those of the project, and of the example applications. */
class VersionsTest {

    private static final String VERSION = System.getProperty("version.of.component");

    /** A dependency with a version in a pom, or the coordinates of an artifact. */
    private static final Pattern ARTIFACT = Pattern.compile("io\\.github\\.camel-pushgateway"
            + "(?:</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>|:[\\w-]+:)([\\w.-]+)");

    @Test
    void artifactsHaveTheVersionOfTheProject() throws IOException {
        StringBuilder texts = new StringBuilder(Files.readString(ManualPage.ROOT.resolve("README.md"), UTF_8));
        for (Path page : pages()) {
            texts.append(Files.readString(page, UTF_8));
        }

        assertThat(ARTIFACT.matcher(texts).results().map(artifact -> artifact.group(1)))
                .hasSizeGreaterThan(10)
                .containsOnly(VERSION);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ManualPage.ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".adoc")).toList();
        }
    }

    /** The element after the text is the same in the page and in the pom of the application. */
    @ParameterizedTest
    @CsvSource({
        "start-camel-main.adoc, camel-main, <camel.version>",
        "test-your-route.adoc, camel-main, <camel.version>",
        "start-spring-boot-3.adoc, spring-boot, <camel.version>",
        "start-spring-boot-3.adoc, spring-boot, <artifactId>spring-boot-starter-parent</artifactId>",
        "start-spring-boot-4.adoc, spring-boot-4, <camel.version>",
        "start-spring-boot-4.adoc, spring-boot-4, <artifactId>spring-boot-starter-parent</artifactId>",
        "start-quarkus.adoc, quarkus, <quarkus.version>",
        "start-quarkus.adoc, quarkus, <camel-quarkus.version>"
    })
    void platformsHaveTheVersionOfTheExamples(String page, String application, String text) throws IOException {
        String pom = Files.readString(
                ManualPage.ROOT
                        .resolve("camel-pushgateway-examples")
                        .resolve(application)
                        .resolve("pom.xml"),
                UTF_8);
        String listing = ManualPage.read(page).listings().stream()
                .filter(file -> file.title().equals("pom.xml"))
                .map(ManualPage.Listing::content)
                .findFirst()
                .orElseThrow();

        assertThat(version(listing, text)).isEqualTo(version(pom, text));
    }

    private static String version(String pom, String text) {
        Matcher version = Pattern.compile(Pattern.quote(text) + "(?:\\s*<version>)?([\\w.-]+)<")
                .matcher(pom);
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
