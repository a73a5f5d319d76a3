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
 * The class path of this test is what Maven resolves for an application that depends on the published artifacts alone. An application chooses
 * its Camel itself: one jar of Camel that came with an artifact would be of the version that the artifact was compiled against.
 */
class PublishedDependenciesTest {

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(camel-pushgateway[\\w-]*)</artifactId>");

    private static final Pattern IDENTITY = Pattern.compile("(?s)<(artifactId|name|description)>.*?</\\1>");

    /** Modules whose children inherit that they are not published. */
    private static final List<String> NOT_PUBLISHED =
            List.of("camel-pushgateway-compatibility", "camel-pushgateway-platforms");

    private static final String NOT_OF_THE_FOUNDATION = "Not part of the Apache Software Foundation";

    @Test
    void noArtifactBringsAJarOfCamel() {
        assertThat(classPath())
                .isNotEmpty()
                .noneMatch(entry ->
                        entry.contains("/org/apache/camel/") || jarName(entry).matches("camel-(?!pushgateway).*"));
    }

    /** Also not within a jar of another name. */
    @Test
    void noClassOfCamelIsOnTheClassPath() throws IOException {
        List<URL> folders = Collections.list(
                PublishedDependenciesTest.class.getClassLoader().getResources("org/apache/camel/CamelContext.class"));

        assertThat(folders).isEmpty();
    }

    @Test
    void theComponentBringsWhatItNeedsOtherwise() {
        assertThat(classPath().map(PublishedDependenciesTest::jarName))
                .anyMatch(jar -> jar.startsWith("prometheus-metrics-model-"))
                .anyMatch(jar -> jar.startsWith("httpcore5-"))
                .anyMatch(jar -> jar.startsWith("failsafe-"));
    }

    @Test
    void everyPublishedArtifactIsADependencyOfThisModule() throws IOException {
        String dependencies = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<dependencies>", "");

        assertThat(publishedPoms())
                .hasSizeGreaterThan(4)
                .extracting(pom -> ARTIFACT.matcher(pom)
                        .results()
                        .findFirst()
                        .map(MatchResult::group)
                        .orElseThrow())
                // an extension of Quarkus brings the extensions that it needs, in the version that Quarkus manages
                .filteredOn(artifact -> !artifact.contains("camel-pushgateway-quarkus"))
                .allMatch(dependencies::contains);
    }

    /** A name that begins with that of Camel would say that the Apache Software Foundation publishes it. */
    @Test
    void everyPomIsForApacheCamelAndNotOfTheFoundation() {
        assertThat(poms().stream().map(PublishedDependenciesTest::identity))
                .anyMatch(pom -> pom.contains("<artifactId>camel-pushgateway-parent<"))
                .anyMatch(pom -> pom.contains("<artifactId>camel-pushgateway-quarkus-parent<"))
                .allMatch(pom -> pom.contains("<name>Pushgateway for Apache Camel"))
                .allMatch(pom -> pom.endsWith(". " + NOT_OF_THE_FOUNDATION + ".</description>"));
    }

    @Test
    void theReadmeSaysThatTheProjectIsNotOfTheFoundation() {
        assertThat(Modules.ROOT.resolve("README.md"))
                .content(UTF_8)
                .containsIgnoringCase("camel-pushgateway is " + NOT_OF_THE_FOUNDATION + '.');
    }

    /** Returns the poms of published jars, without their parents. */
    private static List<String> publishedPoms() {
        return poms().stream().filter(pom -> !pom.contains("<packaging>pom")).toList();
    }

    /** Returns the published poms, without their parents. */
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
