package io.github.camelpushgateway.published;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The class path of this test is that of an application that depends only on the published artifacts. None of them may depend on a Camel jar,
 * because the application chooses its Camel version.
 */
class PublishedDependenciesTest {

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(camel-pushgateway[\\w-]*)</artifactId>");

    private static final Pattern IDENTITY = Pattern.compile("(?s)<(artifactId|name|description)>.*?</\\1>");

    private static final String DISCLAIMER = "Not part of the Apache Software Foundation";

    /** Modules whose children inherit that they are not published. */
    private static final List<String> NOT_PUBLISHED =
            List.of("camel-pushgateway-compatibility", "camel-pushgateway-platforms");

    @Test
    void artifactsBringNoCamelJar() {
        assertThat(classPath())
                .isNotEmpty()
                .noneMatch(entry ->
                        entry.contains("/org/apache/camel/") || jarName(entry).matches("camel-(?!pushgateway).*"));
    }

    /** Also detects Camel in a jar with another name. */
    @Test
    void classPathContainsNoCamelClass() throws IOException {
        List<URL> folders = Collections.list(
                PublishedDependenciesTest.class.getClassLoader().getResources("org/apache/camel/CamelContext.class"));

        assertThat(folders).isEmpty();
    }

    @Test
    void componentBringsItsOtherDependencies() {
        assertThat(classPath().map(PublishedDependenciesTest::jarName))
                .anyMatch(jar -> jar.startsWith("prometheus-metrics-model-"))
                .anyMatch(jar -> jar.startsWith("httpcore5-"))
                .anyMatch(jar -> jar.startsWith("failsafe-"));
    }

    @Test
    void allPublishedArtifactsAreDependenciesOfThisModule() throws IOException {
        String dependencies = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<dependencies>", "");

        assertThat(publishedPoms())
                .hasSizeGreaterThan(4)
                .extracting(pom -> ARTIFACT.matcher(pom)
                        .results()
                        .findFirst()
                        .map(MatchResult::group)
                        .orElseThrow())
                // the Quarkus extension depends on Camel Quarkus, in the version that Quarkus manages
                .filteredOn(artifact -> !artifact.contains("camel-pushgateway-quarkus"))
                .allMatch(dependencies::contains);
    }

    @Test
    void bomHasAllPublishedArtifacts() throws IOException {
        String managed = Files.readString(Modules.ROOT.resolve("camel-pushgateway-bom/pom.xml"))
                .replaceFirst("(?s).*?<dependencyManagement>", "");

        assertThat(ARTIFACT.matcher(managed).results().map(each -> each.group(1)))
                .containsExactlyInAnyOrderElementsOf(publishedPoms().stream()
                        .map(pom -> ARTIFACT.matcher(pom)
                                .results()
                                .findFirst()
                                .map(each -> each.group(1))
                                .orElseThrow())
                        .toList());
    }

    /** A name that starts with "Camel" would suggest that the Apache Software Foundation publishes the artifact. */
    @Test
    void pomsHaveTheNameForApacheCamelAndTheDisclaimer() {
        assertThat(poms().stream().map(PublishedDependenciesTest::identity))
                .anyMatch(pom -> pom.contains("<artifactId>camel-pushgateway-parent<"))
                .anyMatch(pom -> pom.contains("<artifactId>camel-pushgateway-quarkus-parent<"))
                .allMatch(pom -> pom.contains("<name>Pushgateway for Apache Camel"))
                .allMatch(pom -> pom.endsWith(". " + DISCLAIMER + ".</description>"));
    }

    @Test
    void readmeHasTheDisclaimer() {
        assertThat(Modules.ROOT.resolve("README.md"))
                .content(UTF_8)
                .containsIgnoringCase("camel-pushgateway is " + DISCLAIMER + '.');
    }

    /** Returns the poms of published jars, without the element {@code parent}. */
    private static List<String> publishedPoms() {
        return poms().stream().filter(pom -> !pom.contains("<packaging>pom")).toList();
    }

    /** Returns the published poms, without the element {@code parent}. */
    private static List<String> poms() {
        return Modules.folders().stream()
                .filter(module ->
                        NOT_PUBLISHED.stream().map(Modules.ROOT::resolve).noneMatch(module::startsWith))
                .map(module -> read(module.resolve("pom.xml")))
                .filter(pom -> !pom.contains("<maven.deploy.skip>true"))
                .map(pom -> pom.replaceFirst("(?s)<parent>.*?</parent>", ""))
                .toList();
    }

    /** Returns the artifact id, the name and the description of a pom. */
    private static String identity(String pom) {
        return IDENTITY.matcher(pom).results().map(MatchResult::group).limit(3).collect(Collectors.joining(" "));
    }

    private static Stream<String> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> entry.replace(File.separatorChar, '/'));
    }

    private static String jarName(String entry) {
        return entry.substring(entry.lastIndexOf('/') + 1);
    }

    private static String read(Path pom) {
        try {
            return Files.readString(pom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
