package io.github.camelpushgateway.examples.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The input that Quarkus generates for GraalVM. The test does not build a native executable. */
class NativeSourcesIT {

    private static final Path SOURCES = Path.of("target/native-sources");
    private static final String PACKAGE = "io.github.camelpushgateway.";

    @Test
    void classesLoadedByNameAreRegistered() throws Exception {
        assertThat(registered("META-INF/native-image/reflect-config.json", "name"))
                .contains(
                        PACKAGE + "GatewayConfiguration",
                        PACKAGE + "GatewayConfigurationConfigurer",
                        PACKAGE + "conversion.MicrometerConverter",
                        PACKAGE + "PemSslContextParameters",
                        PACKAGE + "PushgatewayComponent",
                        PACKAGE + "PushgatewayComponentConfigurer",
                        PACKAGE + "PushgatewayConsumer",
                        PACKAGE + "conversion.PushgatewayConverter",
                        PACKAGE + "console.PushgatewayDevConsole",
                        PACKAGE + "PushgatewayEndpoint",
                        PACKAGE + "PushgatewayEndpointConfigurer",
                        PACKAGE + "PushgatewayEndpointUriFactory",
                        PACKAGE + "dynamic.PushgatewayPollDynamicAware",
                        PACKAGE + "PushgatewayProducer",
                        PACKAGE + "PushgatewayPublisher",
                        PACKAGE + "dynamic.PushgatewaySendDynamicAware",
                        PACKAGE + "api.GatewayGroup",
                        PACKAGE + "api.GroupMetric",
                        PACKAGE + "api.GroupSample",
                        PACKAGE + "api.PushgatewayException",
                        PACKAGE + "report.PushgatewayRoutePolicy",
                        PACKAGE + "report.PushgatewayRoutePolicyFactory");
    }

    @Test
    void resourcesAndSettingsAreRegistered() throws Exception {
        assertThat(registered("META-INF/native-image/resource-config.json", "pattern"))
                .contains("\\Qprometheus.properties\\E", "\\QMETA-INF/io/github/camelpushgateway/pushgateway.json\\E");
        assertThat(Files.readString(SOURCES.resolve("native-image.args")))
                .contains("AddAllCharsets", "--enable-url-protocols=http,https");
    }

    /** GraalVM links all reachable code, so it also needs the jars that are optional elsewhere. */
    @Test
    void optionalJarsAreIncluded() throws Exception {
        try (Stream<Path> jars = Files.list(SOURCES.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).toList())
                    .anyMatch(jar -> jar.contains("aircompressor"))
                    .anyMatch(jar -> jar.contains("jackson-core"))
                    .anyMatch(jar -> jar.contains("prometheus-metrics-exposition-formats"))
                    .anyMatch(jar -> jar.contains("micrometer-registry-prometheus"))
                    .anyMatch(jar -> jar.contains("camel-health"))
                    .anyMatch(jar -> jar.contains("camel-util-json"));
        }
    }

    private static Set<String> registered(String file, String field) throws Exception {
        Set<String> values = new HashSet<>();
        try (JarFile jar = new JarFile(runner().toFile());
                JsonParser json = new JsonFactory()
                        .createParser(new String(
                                jar.getInputStream(jar.getJarEntry(file)).readAllBytes(), UTF_8))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && field.equals(json.currentName())) {
                    values.add(json.getText());
                }
            }
        }
        return values;
    }

    private static Path runner() throws Exception {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> runners = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .toList();
            assertThat(runners).hasSize(1);
            return runners.get(0);
        }
    }
}
