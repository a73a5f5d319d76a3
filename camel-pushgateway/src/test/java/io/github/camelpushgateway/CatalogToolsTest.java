package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.maven.ComponentArtifactHelper;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Camel's catalog, on which tools are built, finds the component in its jar, and completes and validates its options. */
class CatalogToolsTest {

    private static final CamelCatalog CATALOG = catalog();

    /** A URI with the value of at least one option. */
    private static final Pattern ENDPOINT =
            Pattern.compile("pushgateway:[^\\s?\"'`|<>]+\\?[^\\s\"'`|<>+]+=[^\\s\"'`|<>+]+");

    private static CamelCatalog catalog() {
        // tag::catalog[]
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("pushgateway", "io.github.camelpushgateway.PushgatewayComponent");
        // end::catalog[]
        return catalog;
    }

    @Test
    void catalogKnowsTheComponentByItsClass() {
        ComponentModel model = CATALOG.componentModel("pushgateway");

        assertThat(CATALOG.findComponentNames()).contains("pushgateway");
        assertThat(model.getArtifactId()).isEqualTo("camel-pushgateway");
        assertThat(model.getEndpointOptions())
                .filteredOn(option -> option.getName().equals("delay"))
                .singleElement()
                .satisfies(option -> assertThat(option.getDefaultValue()).isEqualTo("1m"));
    }

    /** Editors receive the JSON as text. The other scheme is not on the class path. */
    @Test
    void catalogReadsTheComponentFromItsJson() {
        CamelCatalog editor = new DefaultCamelCatalog();
        editor.addComponent(
                "sender",
                "any.Class",
                CATALOG.componentJSonSchema("pushgateway")
                        .replace("\"scheme\": \"pushgateway\"", "\"scheme\": \"sender\"")
                        .replace("pushgateway:job", "sender:job"));

        assertThat(editor.validateEndpointProperties("sender:a?nosuch=1").getUnknown())
                .containsExactly("nosuch");
    }

    /** The goal validate of camel-report-maven-plugin adds no components to the catalog. */
    @Test
    void catalogValidatesTheComponentThatIsOnlyOnTheClassPath() {
        CamelCatalog plugin = new DefaultCamelCatalog();

        assertThat(plugin.validateEndpointProperties("pushgateway:a?nosuch=1").getUnknownComponent())
                .isNull();
        assertThat(plugin.validateEndpointProperties("pushgateway:a?nosuch=1").getUnknown())
                .containsExactly("nosuch");
        assertThat(plugin.validateConfigurationProperty("camel.component.pushgateway.max-retries=many")
                        .getInvalidInteger())
                .hasSize(1);
    }

    /** Tools that load a jar search for the component in it by the files of Camel's own jars. */
    @Test
    void toolsFindTheComponentInTheJar() throws IOException {
        try (URLClassLoader jar = new URLClassLoader(new URL[] {jar()}, null)) {
            assertThat(ComponentArtifactHelper.loadComponentProperties(jar, LoggerFactory.getLogger("test"))
                            .getProperty("components"))
                    .isEqualTo("pushgateway");
            assertThat(ComponentArtifactHelper.extractComponentJavaType(
                            jar, "pushgateway", LoggerFactory.getLogger("test")))
                    .isEqualTo(PushgatewayComponent.class.getName());
            assertThat(ComponentArtifactHelper.loadComponentJSonSchema(
                            jar, "pushgateway", LoggerFactory.getLogger("test")))
                    .contains("\"scheme\": \"pushgateway\"");
        }
    }

    private static URL jar() throws MalformedURLException {
        return Objects.requireNonNull(
                PushgatewayComponent.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @ParameterizedTest
    @EnumSource(PushgatewayOperation.class)
    void operationsAreValidInAnyCase(PushgatewayOperation operation) {
        for (String text : List.of(operation.toString(), operation.name().toUpperCase(Locale.ROOT), "{{operation}}")) {
            assertThat(CATALOG.validateEndpointProperties("pushgateway:*?operation=" + text))
                    .matches(EndpointValidationResult::isSuccess);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushgateway:batchA?groupingKey.region=eu&labels.stage=load&metricName=load_rows&metricValue=now",
                "pushgateway:batchA?groupingKey=#labels&httpHeader.X-Tenant=a&registry=#metrics",
                "pushgateway:nightly-*?staleAfter=2x&newlyStaleOnly=true&delay=10m&maxMessagesPerPoll=100",
                "pushgateway:batchA?url=http://a:9091,http://b:9091&distribution=mirror&maxRetries=0&retryDelay=1s",
                "pushgateway:load-${header.region}?records=${body.size}&operation=report&reportInterval=24h"
            })
    void uriOfTheManualIsValid(String uri) {
        assertThat(CATALOG.validateEndpointProperties(uri)).matches(EndpointValidationResult::isSuccess);
    }

    /** An editor must not mark what a reader has copied from the manual. */
    @Test
    void endpointsOfTheManualAreValid() throws IOException {
        List<String> uris = new ArrayList<>();
        for (Path page : manual()) {
            String text = Files.readString(page, UTF_8).replace("&amp;", "&");
            ENDPOINT.matcher(text).results().map(MatchResult::group).forEach(uris::add);
        }

        assertThat(uris)
                .hasSizeGreaterThan(40)
                .allSatisfy(uri -> assertThat(
                                CATALOG.validateEndpointProperties(uri).summaryErrorMessage(false))
                        .isNull());
    }

    private static List<Path> manual() throws IOException {
        Path root = Path.of("..");
        try (Stream<Path> pages = Files.list(root.resolve("docs/modules/ROOT/pages"))) {
            return Stream.concat(Stream.of(root.resolve("README.md")), pages).toList();
        }
    }

    @Test
    void mistakesAreReported() {
        EndpointValidationResult result =
                CATALOG.validateEndpointProperties("pushgateway:a?operation=pusch&maxRetries=many&instanceIP2=true");

        assertThat(result.getInvalidEnum()).containsOnlyKeys("operation");
        assertThat(result.getInvalidEnumChoices().get("operation")).contains("accumulate");
        assertThat(result.getInvalidInteger()).containsOnlyKeys("maxRetries");
        assertThat(result.getUnknown()).isEqualTo(Set.of("instanceIP2"));
    }

    /** Camel's catalog cannot describe an option that is a bean, a text or a prefix. The component accepts all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"groupingKey=region=eu,stage=load", "httpHeader=X-Tenant=a"})
    void textOfAllEntriesIsReported(String option) {
        assertThat(CATALOG.validateEndpointProperties("pushgateway:a?" + option).getInvalidReference())
                .hasSize(1);
    }

    @Test
    void optionsOfTheOtherSideAreReported() {
        assertThat(CATALOG.validateEndpointProperties("pushgateway:a?newlyStaleOnly=true", false, false, true)
                        .getNotProducerOnly())
                .containsExactly("newlyStaleOnly");
        assertThat(CATALOG.validateEndpointProperties("pushgateway:a?metricName=rows", false, true, false)
                        .getNotConsumerOnly())
                .containsExactly("metricName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-retries=0", "maxRetries=0", "url=http://localhost:9091", "on-push-failure=warn"})
    void propertyOfTheComponentIsValid(String property) {
        assertThat(CATALOG.validateConfigurationProperty("camel.component.pushgateway." + property))
                .matches(ConfigurationPropertiesValidationResult::isSuccess);
    }

    @Test
    void uriIsSplitIntoOptionsAndBuiltAgain() throws Exception {
        Map<String, String> options =
                new TreeMap<>(CATALOG.endpointProperties("pushgateway:batchA?metricName=load_rows&operation=push"));

        assertThat(options).isEqualTo(Map.of("job", "batchA", "metricName", "load_rows", "operation", "push"));
        assertThat(CATALOG.asEndpointUri("pushgateway", options, false))
                .isEqualTo("pushgateway:batchA?metricName=load_rows&operation=push");
    }
}
