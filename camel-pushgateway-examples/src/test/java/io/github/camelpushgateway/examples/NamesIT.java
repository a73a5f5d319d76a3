package io.github.camelpushgateway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The example of dotted names in YAML, XML and Java, with each form of names, on real gateways. */
@ExtendWith(NoWarnings.class)
class NamesIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    /** The rows of the table in the manual. */
    private static final List<List<String>> FORMS = List.of(
            List.of("underscores", "http_server_duration", "service_name", "http_route"),
            List.of("dots", "http_dot_server_dot_duration", "service_dot_name", "http_dot_route"),
            List.of("values", "U__http_2e_server_2e_duration", "U__service_2e_name", "U__http_2e_route"));

    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    static Stream<Arguments> languagesAndForms() {
        Consumer<Main> yaml = main -> main.configure().withRoutesIncludePattern("classpath:names/names.yaml");
        Consumer<Main> xml = main -> main.configure().withRoutesIncludePattern("classpath:names/names.xml");
        Consumer<Main> java = main -> main.configure().addRoutesBuilder(new NamesRoute());
        return Stream.of(Map.entry("yaml", yaml), Map.entry("xml", xml), Map.entry("java", java))
                .flatMap(language ->
                        FORMS.stream().map(form -> Arguments.of(language.getKey(), language.getValue(), form)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("languagesAndForms")
    void namesAreStoredInTheSelectedForm(String language, Consumer<Main> routes, List<String> form) throws Exception {
        push(routes, GATEWAY.url(), form.get(0));

        assertStored(GATEWAY::groups, form.get(1), form.get(2), form.get(3));
        String manual = Files.readString(Path.of("../docs/modules/ROOT/pages/names.adoc"));
        assertThat(manual).contains("| `" + form.get(0) + "` | `" + form.get(1) + "` | `" + form.get(2) + "`");
        main.getCamelContext()
                .createProducerTemplate()
                .sendBody(
                        "pushgateway:shop?operation=delete&groupingKey.service.name=checkout&escaping=" + form.get(0),
                        null);
        await().until(() -> GATEWAY.groups().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void utf8NamesAreStoredUnchanged(String language, Consumer<Main> routes) throws Exception {
        try (Pushgateway gateway = utf8Gateway()) {
            push(routes, gateway.url(), "utf8");

            assertStored(gateway::groups, "http.server.duration", "service.name", "http.route");
        }
    }

    static Stream<Arguments> languages() {
        return languagesAndForms()
                .filter(arguments -> ((List<?>) arguments.get()[2]).get(0).equals("dots"))
                .map(arguments -> Arguments.of(arguments.get()[0], arguments.get()[1]));
    }

    private static Pushgateway utf8Gateway() {
        try {
            return Pushgateway.start(
                    PushgatewaySetup.plain().withVersion("1.11.2").withFlag("--push.enable-utf8-names"));
        } catch (IllegalStateException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    private void push(Consumer<Main> routes, String gateway, String form) throws Exception {
        main.addInitialProperty("names.escaping", form);
        main.addInitialProperty("camel.component.pushgateway.url", gateway);
        routes.accept(main);
        main.start();
        main.getCamelContext().createProducerTemplate().sendBody("direct:measured", 0.25);
    }

    private static void assertStored(
            Supplier<List<PushgatewayGroup>> groups, String metric, String grouping, String label) {
        assertThat(groups.get()).hasSize(1);
        PushgatewayGroup group = groups.get().get(0);
        assertThat(group.labels()).isEqualTo(Map.of("job", "shop", grouping, "checkout"));
        assertThat(group.family(metric).samples()).hasSize(1);
        assertThat(group.family(metric).samples().get(0).labels()).containsEntry(label, "/pay");
        assertThat(group.family(metric).samples().get(0).number()).isEqualTo(0.25);
    }
}
