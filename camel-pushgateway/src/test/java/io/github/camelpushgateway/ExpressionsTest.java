package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simple expressions in options are evaluated only if the route's author wrote them. */
class ExpressionsTest extends WireServerTestSupport {

    private static final String EVIL = "${sys.user.home}";

    private Exchange push(String options, Object body, Map<String, Object> headers) {
        return template.request("pushgateway:load?" + options, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    private String sent() {
        assertThat(server.requests()).hasSize(1);
        return server.requests().get(0).path() + '\n' + server.requests().get(0).text();
    }

    @Test
    void expressionsAreEvaluatedForEachExchange() {
        String options = "groupingKey=region=${header.region},stage=load&groupingKey.day=${header.day}"
                + "&metricName=rows_${header.table}&metricValue=${body[count]}&metricHelp=Rows of ${header.table}."
                + "&labels.table=${header.table}";

        push(options, Map.of("count", 42), Map.of("region", "eu", "day", "a/b", "table", "orders"));

        assertThat(sent()).isEqualTo("""
                        /metrics/job/load/day@base64/YS9i/region/eu/stage/load
                        # HELP rows_orders Rows of orders.
                        # TYPE rows_orders gauge
                        rows_orders{table="orders"} 42.0
                        """);

        Exchange second = push(options, Map.of("count", 7), Map.of("region", "us", "day", "c", "table", "items"));
        assertThat(second.getException()).isNull();
        assertThat(server.requests().get(1).path()).isEqualTo("/metrics/job/load/day/c/region/us/stage/load");
    }

    @Test
    void expressionResultKeepsItsType() {
        push("metricName=at&metricValue=${header.at}", "", Map.of("at", Instant.ofEpochSecond(1_700_000_000)));

        assertThat(sent()).contains("at 1.7E9");
    }

    @Test
    void messageContentIsNeverEvaluated() {
        push(
                "groupingKey.region=${header.region}&metricName=rows&metricValue=1&labels.table=${body}"
                        + "&metricHelp=${header.help}",
                EVIL,
                Map.of("region", EVIL, "help", EVIL));

        assertThat(sent())
                .contains("table=\"" + EVIL + '"', "# HELP rows " + EVIL)
                .doesNotContain(System.getProperty("user.home"));
    }

    @Test
    void headersThatOverrideOptionsAreNeverEvaluated() {
        push(
                "metricName=rows&metricValue=1",
                "",
                Map.of(
                        PushgatewayConstants.METRIC_HELP,
                        EVIL,
                        PushgatewayConstants.LABELS,
                        Map.of("table", EVIL),
                        PushgatewayConstants.GROUPING_KEY,
                        Map.of("region", EVIL),
                        PushgatewayConstants.JOB,
                        EVIL));

        assertThat(sent())
                .contains("table=\"" + EVIL + '"', "# HELP rows " + EVIL, "/metrics/job@base64/")
                .doesNotContain(System.getProperty("user.home"));
        assertThat(push("metricName=rows", EVIL, Map.of()).getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageNotContaining(System.getProperty("user.home"));
    }

    @Test
    void textBodyAndRegistryAreNeverEvaluated() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder()
                .name("items")
                .help(EVIL)
                .labelNames("table")
                .register(registry)
                .labelValues(EVIL)
                .set(1);
        context.getRegistry().bind("metrics", registry);

        push("metricFilter=!none", "# HELP rows " + EVIL + "\nrows{table=\"" + EVIL + "\"} 1\n", Map.of());
        push("registry=#metrics", EVIL, Map.of());

        assertThat(server.requests())
                .extracting(WireServer.Request::text)
                .containsExactly(
                        "# HELP rows " + EVIL + "\n# TYPE rows untyped\nrows{table=\"" + EVIL + "\"} 1.0\n",
                        "# HELP items " + EVIL + "\n# TYPE items gauge\nitems{table=\"" + EVIL + "\"} 1.0\n");
    }

    @Test
    void beanContentIsNeverEvaluated() {
        context.getRegistry().bind("labels", Map.of("region", EVIL));
        context.getRegistry().bind("text", "region=" + EVIL);

        push("groupingKey=#labels&metricName=rows&metricValue=1", "", Map.of());
        push("groupingKey=#text&metricName=rows&metricValue=1", "", Map.of());

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.path())
                        .isEqualTo("/metrics/job/load/region@base64/JHtzeXMudXNlci5ob21lfQ=="));
    }

    @Test
    void valuesInDynamicEndpointAreNeverEvaluated() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .toD("pushgateway:load?metricName=rows&metricValue=1&labels.table=${header.table}"
                                + "&groupingKey.region=${header.region}");
            }
        });

        template.sendBodyAndHeaders("direct:start", "", Map.of("table", EVIL, "region", "eu"));
        template.sendBodyAndHeaders("direct:start", "", Map.of("table", "orders", "region", "eu"));

        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(0).text())
                .contains("rows{table=\"" + EVIL + "\"} 1.0")
                .doesNotContain(System.getProperty("user.home"));
        assertThat(server.requests().get(1).text()).contains("rows{table=\"orders\"} 1.0");
    }

    @Test
    void messageNamesExpressionWithoutResult() {
        assertThat(push("metricName=rows&metricValue=${header.none}", "", Map.of())
                        .getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("${header.none}");
        assertThat(push("groupingKey.region=${header.none}&metricName=rows", 1, Map.of())
                        .getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("'region' is empty");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metricName=${nonsense",
                "metricValue=${nosuchfunction}&metricName=rows",
                "groupingKey.region=${nosuch}",
                "labels.a=${bean:",
                "operation=report&records=${nosuchfunction}"
            })
    void invalidExpressionFailsCreationOfEndpoint(String options) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:load?" + options))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("is not a valid expression of the Simple language");
    }
}
