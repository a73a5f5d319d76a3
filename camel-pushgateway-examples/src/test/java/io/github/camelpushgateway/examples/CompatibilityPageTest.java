package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The compatibility page lists the versions in the poms of the modules, and the dependencies of the routes on each page. */
class CompatibilityPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern ROUTE_FILE = Pattern.compile("// file: (\\S+\\.(?:yaml|xml|java))\\n");

    /** The dependencies that a page lists, in a paragraph or in the pom of an application. */
    private static final Pattern LISTED =
            Pattern.compile("^Dependencies: (?:.+\n)+|<artifactId>.*</artifactId>", Pattern.MULTILINE);

    private static final Pattern ENDPOINT = Pattern.compile(
            "(?:uri(?:: |=)\"?|(?:from|to|toD)\\(\"|(?:from|to): \"?)([a-z][a-z0-9-]*)(?::|$)", Pattern.MULTILINE);

    @ParameterizedTest
    @CsvSource({
        "pom.xml, camel.version",
        "camel-pushgateway-platforms/pom.xml, camel.version",
        "camel-pushgateway-platforms/pom.xml, camel.kamelet.version",
        "camel-pushgateway-platforms/camel-4.22/pom.xml, camel.version",
        "camel-pushgateway-examples/camel-main/pom.xml, camel.version",
        "camel-pushgateway-examples/quarkus/pom.xml, camel.version",
        "camel-pushgateway-examples/quarkus/pom.xml, quarkus.version",
        "camel-pushgateway-examples/quarkus/pom.xml, camel-quarkus.version",
        "pom.xml, client-java.version",
        "camel-pushgateway-compatibility/micrometer/pom.xml, client-java.version",
        "camel-pushgateway-compatibility/spring-boot/pom.xml, client-java.version",
        "pom.xml, micrometer.version",
        "pom.xml, httpcore.version"
    })
    void pageListsTheVersionInThePom(String pom, String property) throws IOException {
        Matcher version = Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<")
                .matcher(Files.readString(ROOT.resolve(pom), UTF_8));
        assertThat(version.find()).isTrue();
        assertThat(page()).contains(" " + version.group(1) + " ");
    }

    @ParameterizedTest
    @CsvSource({"spring-boot, 3.5", "spring-boot-4, 4.1"})
    void pageListsTheVersionOfSpringBoot(String module, String line) throws IOException {
        Matcher version = Pattern.compile("spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)<")
                .matcher(Files.readString(ROOT.resolve("camel-pushgateway-examples/" + module + "/pom.xml"), UTF_8));
        assertThat(version.find()).isTrue();
        assertThat(version.group(1)).startsWith(line);
        assertThat(page()).contains("| Spring Boot | " + version.group(1) + " |");
    }

    @ParameterizedTest
    @MethodSource("io.github.camelpushgateway.examples.DocumentationTest#pages")
    void pageListsTheDependenciesOfItsRoutes(Path file) throws IOException {
        Set<String> dependencies = new TreeSet<>();
        String text = Files.readString(file, UTF_8);
        for (MatchResult route : ROUTE_FILE.matcher(text).results().toList()) {
            String content = Files.readString(ROOT.resolve(route.group(1)), UTF_8);
            ENDPOINT.matcher(content).results().forEach(endpoint -> dependencies.add("camel-" + endpoint.group(1)));
            if (content.contains("${body.")) {
                dependencies.add("camel-bean");
            }
            if (content.contains("unmarshal")) {
                dependencies.add("camel-jackson");
            }
        }
        dependencies.remove("camel-pushgateway");
        if (text.contains("JBang fetches")) {
            return;
        }
        String listed = LISTED.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n"));
        assertThat(dependencies).as(file.toString()).allMatch(listed::contains);
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/modules/ROOT/pages/compatibility.adoc"), UTF_8);
    }
}
