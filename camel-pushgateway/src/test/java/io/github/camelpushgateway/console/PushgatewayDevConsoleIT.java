package io.github.camelpushgateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.PushgatewayPublisher;
import io.github.camelpushgateway.SecretScan;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The developer console as text and as JSON, with an available and an unavailable gateway. */
class PushgatewayDevConsoleIT extends ContextTestSupport {

    private static final String PASSWORD = "pa55-C0NSOLE";

    @RegisterExtension
    static final PushgatewayExtension GATEWAY =
            new PushgatewayExtension(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));

    @RegisterExtension
    final SecretScan scan = new SecretScan(PASSWORD);

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @Override
    protected void prepare(CamelContext context) {
        gatewayOptions(context).setUsername("ops");
        gatewayOptions(context).setPassword(PASSWORD);
    }

    private Object call(DevConsole.MediaType type, Map<String, Object> options) {
        DevConsoleRegistry consoles = DevConsoleRegistry.get(context);
        Object output = consoles.resolveById("pushgateway").call(type, options);
        scan.add(output);
        return output;
    }

    @Test
    void consoleShowsEndpointsAndGateways() throws Exception {
        String unavailable;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unavailable = "http://127.0.0.1:" + closed.getLocalPort();
        }
        String uri = "pushgateway:load?groupingKey=region=eu&metricName=rows&url=" + GATEWAY.url();
        template.sendBody(uri, 1);
        template.send(uri, exchange -> exchange.getMessage().setBody("not a number"));
        template.sendBody("pushgateway:other?metricName=rows&url=" + GATEWAY.url(), 2);
        template.send(
                "pushgateway:a?metricName=rows&maxRetries=0&url=" + unavailable,
                exchange -> exchange.getMessage().setBody(1));

        JsonNode json = new ObjectMapper().readTree(((JsonObject) call(DevConsole.MediaType.JSON, Map.of())).toJson());

        JsonNode load = find(json.get("endpoints"), "uri", "load");
        assertThat(load.get("pushesRequested").asInt()).isEqualTo(2);
        assertThat(load.get("pushesRejected").asInt()).isEqualTo(1);
        assertThat(load.get("requestsSent").asInt()).isEqualTo(1);
        assertThat(load.get("gateway").asText()).isEqualTo(GATEWAY.url());
        assertThat(load.get("lastError").asText()).startsWith("pushadd of the group {job=\"load\"");
        assertThat(load.get("lastSuccess").asText()).isNotEmpty();
        assertThat(json.get("gateways")).hasSize(2);
        JsonNode up = find(json.get("gateways"), "url", GATEWAY.url());
        assertThat(up.get("ready").asBoolean()).isTrue();
        assertThat(up.get("groupsHeld").asInt()).isEqualTo(2);
        JsonNode group = find(up.get("groups"), "labels", "region");
        assertThat(group.at("/labels/job").asText()).isEqualTo("load");
        assertThat(group.get("ageSeconds").asInt()).isBetween(0, 60);
        assertThat(group.get("failed").asBoolean(true)).isFalse();
        JsonNode down = find(json.get("gateways"), "url", unavailable);
        assertThat(down.get("ready").asBoolean(true)).isFalse();
        assertThat(down.get("error").asText())
                .startsWith("health check at " + unavailable + " failed: it could not be reached");

        assertThat(call(DevConsole.MediaType.TEXT, Map.of("limit", "1")).toString())
                .contains(
                        "uri: pushgateway://load",
                        "pushesRequested: 2",
                        "url: " + GATEWAY.url(),
                        "ready: true",
                        "groupsHeld: 2")
                .containsOnlyOnce("ageSeconds");
    }

    private static JsonNode find(JsonNode list, String field, String text) {
        for (JsonNode each : list) {
            if (each.get(field).toString().contains(text)) {
                return each;
            }
        }
        throw new AssertionError("no element contains " + text + " in " + list);
    }

    @Test
    void consoleShowsPublishers() throws Exception {
        context.getRegistry().bind("metrics", new PrometheusRegistry());
        String uri = "pushgateway:published?registry=#metrics&allowEmpty=true&url=" + GATEWAY.url();
        context.getRegistry().bind("publisher", new PushgatewayPublisher(uri, "1h", "none"));

        JsonNode json = new ObjectMapper().readTree(((JsonObject) call(DevConsole.MediaType.JSON, Map.of())).toJson());

        assertThat(json.get("publishers")).singleElement().satisfies(publisher -> {
            assertThat(publisher.get("uri").asText()).isEqualTo("pushgateway:published");
            assertThat(publisher.get("gateway").asText()).isEqualTo(GATEWAY.url());
            assertThat(publisher.get("intervalSeconds").asDouble()).isEqualTo(3600);
            assertThat(publisher.get("failedPushes").asInt(-1)).isZero();
            assertThat(publisher.get("onStop").asText()).isEqualTo("none");
        });
        assertThat(call(DevConsole.MediaType.TEXT, Map.of()).toString())
                .contains("publishers:\n    uri: pushgateway:published\n");
    }
}
