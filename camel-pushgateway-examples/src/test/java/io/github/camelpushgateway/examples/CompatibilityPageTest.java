package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The compatibility page lists the versions in the poms of the modules. Each page with instructions or reference lists the
 * dependencies of its listings.
 */
class CompatibilityPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Path MODULE = ROOT.resolve("docs/modules/ROOT");

    /** The parts of the navigation whose pages list their dependencies. */
    private static final Set<String> PARTS = Set.of("Getting started", "How-to", "Reference");

    private static final Pattern PART = Pattern.compile("^\\.(.+)\\n((?:\\*.*\\n)+)", Pattern.MULTILINE);

    private static final Pattern PAGE = Pattern.compile("xref:([\\w.-]+)\\[");

    private static final Pattern LISTING = Pattern.compile(
            "^\\[source,(?:yaml|xml|java|properties|sh)]\\n----\\n(.*?)^----$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern PARAGRAPH = Pattern.compile("^Dependencies: ((?:.+\n)+)", Pattern.MULTILINE);

    /** The dependencies that a page lists, in a paragraph or in the pom of an application. */
    private static final Pattern LISTED =
            Pattern.compile("^Dependencies: (?:.+\n)+|<artifactId>.*</artifactId>", Pattern.MULTILINE);

    private static final Pattern ARTIFACT = Pattern.compile("`(?:[\\w.]+\\.[\\w.-]+:)?[a-z0-9]+(?:-[a-z0-9]+)+`");

    private static final Pattern DEPENDENCY =
            Pattern.compile("<groupId>([\\w.-]+)</groupId>\\s*<artifactId>([\\w.-]+)</artifactId>");

    private static final Pattern ENDPOINT = Pattern.compile(
            "(?:uri(?:: |=)\"?|(?:from|to|toD)\\(\"|(?:from|to): \"?)([a-z][a-z0-9-]*)(?::|$)", Pattern.MULTILINE);

    private static final Pattern COMPONENT_IMPORT =
            Pattern.compile("^import org\\.apache\\.camel\\.component\\.(\\w+)\\.", Pattern.MULTILINE);

    /** The parts of a listing, other than endpoints, that need an artifact. */
    private static final Map<Pattern, String> FURTHER = Map.ofEntries(
            // Simple calls methods and reads keys with the language bean
            further("\\$\\{(?:body|exchange|(?:header|exchangeProperty)\\.\\w+)[.\\[]", "camel-bean"),
            further("\\$\\{(?:bean:|exception\\.(?!message|stacktrace))", "camel-bean"),
            further("- bean:|<bean ref=|\\.bean\\(", "camel-bean"),
            further("(?:un)?marshal", "camel-jackson"),
            further("import io\\.prometheus\\.metrics\\.core\\.", "prometheus-metrics-core"),
            further("import io\\.micrometer\\.", "micrometer-registry-prometheus"),
            further("new PrometheusMeterRegistry\\(", "micrometer-registry-prometheus"),
            further("new MicrometerRoutePolicyFactory\\(", "camel-micrometer"),
            further("import static io\\.github\\.camelpushgateway\\.dsl\\.", "camel-pushgateway-endpointdsl"),
            further("import io\\.github\\.camelpushgateway\\.test\\.infra\\.", "camel-pushgateway-test-infra"),
            further("import org\\.apache\\.camel\\.test\\.junit5\\.", "camel-test-junit5"),
            further("\\bawait\\(\\)", "awaitility"),
            further("\\bassertThat\\(", "assertj-core"),
            further("import org\\.springframework\\.", "camel-spring-boot-starter"),
            further("format(?:=|: )protobuf", "prometheus-metrics-exposition-formats"),
            further("compression(?:=|: )snappy", "aircompressor"),
            further("\\b(?:caFile|certFile|ca-file|cert-file)\\b", "ayza-for-pem"));

    private static Map.Entry<Pattern, String> further(String part, String artifact) {
        return Map.entry(Pattern.compile(part), artifact);
    }

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
    void pageListsTheDependenciesOfItsListings(Path file) throws IOException {
        String text = Files.readString(file, UTF_8);
        if (text.contains("JBang fetches")) {
            return;
        }
        Set<String> dependencies = new TreeSet<>();
        LISTING.matcher(text).results().forEach(listing -> dependencies.addAll(dependencies(listing.group(1))));
        dependencies.remove("camel-pushgateway");
        String listed = LISTED.matcher(text).results().map(MatchResult::group).collect(Collectors.joining("\n"));

        assertThat(dependencies).as(file.toString()).allMatch(listed::contains);
    }

    private static Set<String> dependencies(String listing) {
        Set<String> dependencies = new TreeSet<>();
        ENDPOINT.matcher(listing).results().forEach(endpoint -> dependencies.add("camel-" + endpoint.group(1)));
        COMPONENT_IMPORT
                .matcher(listing)
                .results()
                .forEach(component -> dependencies.add("camel-" + component.group(1)));
        FURTHER.forEach((part, artifact) -> {
            if (part.matcher(listing).find()) {
                dependencies.add(artifact);
            }
        });
        return dependencies;
    }

    static List<String> pagesWithDependencies() throws IOException {
        return PART.matcher(Files.readString(MODULE.resolve("nav.adoc"), UTF_8))
                .results()
                .filter(part -> PARTS.contains(part.group(1)))
                .flatMap(part -> PAGE.matcher(part.group(2)).results())
                .map(page -> page.group(1))
                .toList();
    }

    @Test
    void navigationHasThePartsWithDependencies() throws IOException {
        assertThat(PART.matcher(Files.readString(MODULE.resolve("nav.adoc"), UTF_8))
                        .results())
                .extracting(part -> part.group(1))
                .containsAll(PARTS);
    }

    /** The artifacts occur in the poms of this project, so their names are correct. */
    @ParameterizedTest
    @MethodSource("pagesWithDependencies")
    void pageHasOneParagraphWithDependencies(String page) throws IOException {
        List<String> paragraphs = PARAGRAPH
                .matcher(Files.readString(MODULE.resolve("pages/" + page), UTF_8))
                .results()
                .map(paragraph -> paragraph.group(1))
                .toList();

        Set<String> known = dependenciesInPoms();
        assertThat(paragraphs).hasSize(1);
        // without a group id, it is an artifact of Camel or of this project
        assertThat(ARTIFACT.matcher(paragraphs.get(0)).results().map(MatchResult::group))
                .map(artifact -> artifact.replace("`", ""))
                .allMatch(artifact -> known.contains(artifact)
                        || known.contains("org.apache.camel:" + artifact)
                        || known.contains("io.github.camel-pushgateway:" + artifact));
    }

    private static Set<String> dependenciesInPoms() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 3, (file, attributes) -> file.endsWith("pom.xml"))) {
            Set<String> dependencies = new TreeSet<>();
            for (Path file : files.toList()) {
                DEPENDENCY
                        .matcher(Files.readString(file, UTF_8)
                                .replace("${project.groupId}", "io.github.camel-pushgateway"))
                        .results()
                        .forEach(dependency -> dependencies.add(dependency.group(1) + ":" + dependency.group(2)));
            }
            return dependencies;
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/modules/ROOT/pages/compatibility.adoc"), UTF_8);
    }
}
