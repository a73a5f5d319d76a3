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

/**
 * The code in README and docs is that of files that other tests run: a comment {@code file: path} before a block names the file
 * whose content it holds, or {@code path#tag} the part of it between two comments. With {@code -Ddocs.update=true} the blocks are written anew instead.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The comment, what opens the block, its content, what closes it: in Markdown and in AsciiDoc. */
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- file: (?<md>\\S+) -->\\n```\\w*\\n|// file: (?<adoc>\\S+)\\n\\[source,\\w+]\\n----\\n)"
                    + "(?<content>.*?)(?=^(?:```|----)$)",
            Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern LINK =
            Pattern.compile("]\\((?!https?:)([^)#]+)\\)|(?:xref|link):(?!https?:)([^\\[]+)\\[");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".adoc")).forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void blocksHoldTheFilesThatTheyName(Path page) throws IOException {
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
     * Returns the whole file, or the lines between the comments {@code tag::name[]} and {@code end::name[]} in it. A tag may have several parts.
     */
    private static String read(String named) throws IOException {
        int hash = named.indexOf('#');
        String text = Files.readString(ROOT.resolve(hash < 0 ? named : named.substring(0, hash)), UTF_8);
        if (hash < 0) {
            return text;
        }
        String tag = Pattern.quote(named.substring(hash + 1));
        Matcher region = Pattern.compile("(?ms)^[^\\n]*tag::" + tag + "\\[][^\\n]*\\n(.*?)^[^\\n]*end::" + tag + "\\[]")
                .matcher(text);
        String parts = region.results().map(part -> part.group(1)).collect(Collectors.joining());
        assertThat(parts).as(named).isNotEmpty();
        // the last line would count, were it empty
        return parts.stripTrailing().stripIndent() + "\n";
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToFiles(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page, UTF_8));
        while (link.find()) {
            String target = link.group(1) == null ? link.group(2) : link.group(1);
            assertThat(page.resolveSibling(target)).exists();
        }
    }

    @Test
    void theReadmeShowsARoute() throws IOException {
        assertThat(BLOCK.matcher(Files.readString(ROOT.resolve("README.md"), UTF_8))
                        .find())
                .isTrue();
    }

    /** Without one of them a native executable is not linked. */
    @Test
    void theExtensionOfQuarkusBringsEveryOptionalJar() throws IOException {
        String extension = Files.readString(ROOT.resolve("camel-pushgateway-quarkus/runtime/pom.xml"), UTF_8);
        Matcher optional = Pattern.compile(
                        "<artifactId>([^<]+)</artifactId>\\s*(?:<scope>provided</scope>\\s*)?<optional>true")
                .matcher(Files.readString(ROOT.resolve("camel-pushgateway/pom.xml"), UTF_8));
        List<String> jars = optional.results().map(jar -> jar.group(1)).toList();
        assertThat(jars).hasSizeGreaterThan(4).allMatch(jar -> extension.contains('>' + jar + '<'));
    }
}
