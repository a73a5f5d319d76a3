package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code blocks in README and docs are copies of files that other tests run. A comment {@code file: path} before a block names
 * the file, or {@code file: path#tag} a tagged part of it. {@code -Ddocs.update=true} updates the blocks.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path PAGES = ROOT.resolve("docs/modules/ROOT/pages");

    /** The attribute for links to files outside of the docs. */
    private static final String REPOSITORY = "{repository}/";

    /** How Antora refers to an attachment. */
    private static final String ATTACHMENT = "attachment$";

    private static final Path ATTACHMENTS = ROOT.resolve("docs/modules/ROOT/attachments");

    /** The Javadoc is only in the site: the module docs checks its links. */
    private static final String JAVADOC = "javadoc/";

    private static final Pattern ATTRIBUTE = Pattern.compile("^:([\\w-]+): (.+)$", Pattern.MULTILINE);

    /** The comment and the code block after it, in Markdown and in AsciiDoc. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- file: (?<md>\\S+) -->\\n```\\w*\\n|// file: (?<adoc>\\S+)\\n\\[source,\\w+]\\n----\\n)"
                    + "(?<content>.*?)(?=^(?:```|----)$)",
            Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:)([^)#]+)\\)|(?:xref|link):(?!https?:)([^#\\[]+)(?:#[^\\[]*)?\\[");

    /** A code block, or a line that is literal because it is indented by four spaces. */
    private static final Pattern CODE =
            Pattern.compile("^(```|----|\\.{4}).*?^\\1$|^ {4}[^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern FILE_COMMENT = Pattern.compile("^(?://|<!--) file: ");

    private static final int MAX_COLUMNS = 120;

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".adoc")).forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void codeBlocksMatchTheirFiles(Path page) throws IOException {
        String text = Files.readString(page, UTF_8);
        StringBuilder expected = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        int copied = 0;
        while (block.find()) {
            String file = block.group("md") == null ? block.group("adoc") : block.group("md");
            expected.append(text, copied, block.start("content")).append(read(file));
            copied = block.end("content");
        }
        expected.append(text.substring(copied));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(page, expected, UTF_8);
        } else {
            assertThat(text).isEqualTo(expected.toString());
        }
    }

    /**
     * Returns the whole file, or the lines between its comments {@code tag::name[]} and {@code end::name[]}. A tag may occur
     * several times.
     */
    private static String read(String reference) throws IOException {
        int hash = reference.indexOf('#');
        String text = Files.readString(ROOT.resolve(hash < 0 ? reference : reference.substring(0, hash)), UTF_8);
        if (hash < 0) {
            return text;
        }
        String tag = Pattern.quote(reference.substring(hash + 1));
        Matcher region = Pattern.compile("(?ms)^[^\\n]*tag::" + tag + "\\[][^\\n]*\\n(.*?)^[^\\n]*end::" + tag + "\\[]")
                .matcher(text);
        String parts = region.results().map(part -> part.group(1)).collect(Collectors.joining());
        assertThat(parts).as(reference).isNotEmpty();
        // stripIndent treats an empty last line as one without indentation
        return parts.stripTrailing().stripIndent() + "\n";
    }

    @ParameterizedTest
    @MethodSource("pages")
    void relativeLinksPointToExistingFiles(Path page) throws IOException {
        String text = Files.readString(page, UTF_8);
        Matcher link = LINK.matcher(text);
        while (link.find()) {
            String target = link.group(1) == null ? attributes(text, link.group(2)) : link.group(1);
            if (!target.startsWith(JAVADOC)) {
                assertThat(resolve(page, target)).exists();
            }
        }
    }

    /** Replaces the attributes that the header of the page defines. */
    private static String attributes(String page, String target) {
        return ATTRIBUTE
                .matcher(page)
                .results()
                .reduce(
                        target,
                        (result, attribute) -> result.replace("{" + attribute.group(1) + "}", attribute.group(2)),
                        (first, second) -> second);
    }

    /** Antora resolves the links of the navigation in the folder of the pages. */
    private static Path resolve(Path page, String target) {
        if (target.startsWith(REPOSITORY)) {
            return ROOT.resolve(target.substring(REPOSITORY.length()));
        }
        if (target.startsWith(ATTACHMENT)) {
            return ATTACHMENTS.resolve(target.substring(ATTACHMENT.length()));
        }
        return page.endsWith("nav.adoc") ? PAGES.resolve(target) : page.resolveSibling(target);
    }

    /** GitHub shows the name of the file if a link has no text. */
    @ParameterizedTest
    @MethodSource("pages")
    void linksHaveText(Path page) throws IOException {
        String prose = CODE.matcher(Files.readString(page, UTF_8)).replaceAll("");
        assertThat(prose).doesNotContainPattern("(?:xref|link):\\S+\\[]");
    }

    /** Code blocks, indented literal lines, comments that name a file, and lines without a space may be longer. */
    @ParameterizedTest
    @MethodSource("pages")
    void linesOutsideCodeHaveAtMost120Columns(Path page) throws IOException {
        String prose = CODE.matcher(Files.readString(page, UTF_8)).replaceAll("");
        assertThat(prose.lines())
                .filteredOn(line -> line.length() > MAX_COLUMNS)
                .allMatch(line -> !line.strip().contains(" ")
                        || FILE_COMMENT.matcher(line).find());
    }

    @Test
    void readmeContainsARoute() throws IOException {
        assertThat(BLOCK.matcher(Files.readString(ROOT.resolve("README.md"), UTF_8))
                        .find())
                .isTrue();
    }

    /** Another test runs the example of the README. */
    @ParameterizedTest
    @ValueSource(strings = {"yaml", "properties"})
    void overviewHasTheExampleOfTheReadme(String language) throws IOException {
        Matcher example = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(ROOT.resolve("README.md"), UTF_8));

        assertThat(example.find()).isTrue();
        assertThat(Files.readString(PAGES.resolve("index.adoc"), UTF_8))
                .contains("[source," + language + "]\n----\n" + example.group(1) + "----\n");
    }

    /** A native executable cannot be linked if one of the optional dependencies is missing. */
    @Test
    void quarkusExtensionHasAllOptionalDependencies() throws IOException {
        String extension = Files.readString(ROOT.resolve("camel-pushgateway-quarkus/runtime/pom.xml"), UTF_8);
        Matcher optional = Pattern.compile(
                        "<artifactId>([^<]+)</artifactId>\\s*(?:<scope>provided</scope>\\s*)?<optional>true")
                .matcher(Files.readString(ROOT.resolve("camel-pushgateway/pom.xml"), UTF_8));
        List<String> jars = optional.results().map(jar -> jar.group(1)).toList();
        assertThat(jars).hasSizeGreaterThan(4).allMatch(jar -> extension.contains('>' + jar + '<'));
    }
}
