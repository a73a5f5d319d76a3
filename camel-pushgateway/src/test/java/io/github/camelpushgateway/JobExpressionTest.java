package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.report.PushgatewayRoutePolicy;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Simple expression in the job of the URI is evaluated for each exchange or rejected at start, and never pushed
 * literally.
 */
class JobExpressionTest extends WireServerTestSupport {

    private static final String GROUPS = """
            {"status":"success","data":[{"labels":{"job":"*"},"push_time_seconds":{"metrics":[{"value":"1"}]}},\
            {"labels":{"job":"ab"},"push_time_seconds":{"metrics":[{"value":"1"}]}}]}""";

    @Override
    protected WireServer.Response response() {
        return (request, out) -> WireServer.status(200, request.method().equals("GET") ? GROUPS : "")
                .to(request, out);
    }

    private Exchange send(String uri, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    private List<String> jobs() {
        return server.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(request -> GroupingKey.parse(request.path()).job())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${header.j}",
                "$simple{header.j}",
                "${header.j}?metricName=rows",
                "//${header.j}",
                "%24%7Bheader.j%7D",
                "$%7Bheader.j%7D",
                "${header[j]}",
                "${exchangeProperty.p}${header.j}",
                "${bean:upper?method=same(${header.j})}"
            })
    void jobExpressionIsEvaluatedForEachExchange(String job) {
        context.getRegistry().bind("upper", new Same());
        String options = (job.contains("?metricName") ? "" : "?metricName=rows") + "&coalesce=false";
        if (job.contains("bean:")) {
            // Camel treats the question mark as the start of the options
            assertThatThrownBy(() -> context.getEndpoint("pushgateway:" + job + options))
                    .hasStackTraceContaining("is not closed: a question mark in a URI starts the options")
                    .hasStackTraceContaining("CamelPushgatewayJob");
            return;
        }
        for (String value : List.of("eu", "us")) {
            assertThat(send("pushgateway:" + job + options, Map.of("j", value)).getException())
                    .isNull();
        }

        assertThat(jobs()).containsExactly("eu", "us");
    }

    /** Bean that expressions call. */
    public static final class Failing {
        public String job(String body) {
            if (body != null) {
                throw new IllegalStateException("the bean fails");
            }
            return "";
        }
    }

    /** Bean that expressions call. */
    public static final class Same {
        public String same(String text) {
            return text;
        }
    }

    @ParameterizedTest
    @CsvSource({"push,PUT", "pushadd,POST", "delete,DELETE", "report,POST"})
    void jobExpressionIsEvaluatedByEveryOperationOnOneGroup(String operation, String method) {
        String uri = "pushgateway:load-${header.j}?operation=" + operation
                + (operation.startsWith("push") ? "&metricName=rows" : "");
        assertThat(send(uri, Map.of("j", "eu")).getException()).isNull();

        assertThat(jobs()).containsExactly("load-eu");
        assertThat(server.requests().get(0).method()).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "..",
                ".",
                "ü€",
                "a b",
                "a?b&c=d",
                "${sys.user.home}",
                "$simple{body}",
                "*",
                "a\nb",
                "{{x}}",
                "a\u202eb",
                "%2F",
                "#x"
            })
    void resultOfJobExpressionIsData(String job) {
        assertThat(send("pushgateway:${header.j}?metricName=rows", Map.of("j", job))
                        .getException())
                .isNull();

        assertThat(jobs()).containsExactly(job);
    }

    @Test
    void headerOverridesJobExpression() {
        send("pushgateway:${header.j}?metricName=rows", Map.of("j", "eu", PushgatewayConstants.JOB, "${header.j}"));

        assertThat(jobs()).containsExactly("${header.j}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"push&metricName=rows", "pushadd&metricName=rows", "delete", "report&onPushFailure=warn", "sweep"
            })
    void emptyResultIsRejected(String operation) {
        for (Map<String, Object> headers : List.of(Map.<String, Object>of(), Map.<String, Object>of("j", ""))) {
            Exchange exchange = send("pushgateway:${header.j}?operation=" + operation, headers);

            if (!operation.startsWith("report")) {
                assertThat(exchange.getException())
                        .isInstanceOf(PushgatewayException.class)
                        .hasMessageContaining("${header.j}")
                        .hasMessageContaining("CamelPushgatewayJob");
            }
        }
        assertThat(jobs()).isEmpty();
    }

    @Test
    void exceptionOfExpressionIsTheCause() {
        context.getRegistry().bind("failing", new Failing());

        Exchange exchange = send("pushgateway:${bean:failing}?metricName=rows", Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("${bean:failing}")
                .hasStackTraceContaining("the bean fails");
        assertThat(jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${routeid}", "${routeID}", "$simple{nosuch}", "load-${nosuch}"})
    void invalidExpressionIsRejectedAtStart(String job) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:" + job + "?metricName=rows"))
                .hasStackTraceContaining("is not a valid expression of the Simple language");
        assertThatThrownBy(() -> addReported("typo", new PushgatewayRoutePolicy("pushgateway:" + job)))
                .hasStackTraceContaining("is not a valid expression of the Simple language");
        assertThat(server.requests()).isEmpty();
    }

    private void addReported(String id, PushgatewayRoutePolicy policy) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id).routeId(id).routePolicy(policy).setHeader("j", constant("eu"));
            }
        });
    }

    @Test
    void policyEvaluatesJobForLastExchangeOfRun() throws Exception {
        addReported("reported", new PushgatewayRoutePolicy("pushgateway:${routeId}-${header.j}"));

        template.sendBody("direct:reported", "");

        assertThat(jobs()).containsExactly("reported-eu");
    }

    @Test
    void batchPartsWithDifferentJobsAreSeparateRuns() {
        for (int i = 0; i < 3; i++) {
            int index = i;
            template.send("pushgateway:${header.j}?operation=report", exchange -> {
                exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
                exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, 3);
                exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == 2);
                exchange.getMessage().setHeader("j", "job" + index);
            });
        }

        assertThat(jobs()).containsExactly("job0", "job1", "job2");
    }

    @Test
    void sweepMatchesResultLiterally() {
        Exchange exchange = send("pushgateway:${header.j}?operation=sweep", Map.of("j", "*"));

        assertThat(exchange.getException()).isNull();
        assertThat(jobs()).containsExactly("*");
    }

    @Test
    void groupsTreatsResultAsGlobLikeTheHeader() {
        Exchange exchange = send("pushgateway:${header.j}?operation=groups", Map.of("j", "a*"));

        assertThat((List<?>) exchange.getMessage().getBody(List.class)).hasSize(1);
    }

    @Test
    void wipeAndConsumerRejectJobExpression() {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:${header.j}?operation=wipe"))
                .hasStackTraceContaining("wipe deletes all groups");
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:${header.j}?staleAfter=24h")
                        .createConsumer(exchange -> {}))
                .hasMessageContainingAll("${header.j}", "CamelPushgatewayJob", "toD");
    }

    @Test
    void disabledExpressionIsLiteralText() {
        send("pushgateway:${header.j}?metricName=rows&expressions=false", Map.of("j", "eu"));

        assertThat(jobs()).containsExactly("${header.j}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                - route:
                    id: fromYaml
                    from:
                      uri: direct:yaml
                      steps:
                        - to:
                            uri: pushgateway:load-${header.j}
                            parameters:
                              metricName: rows
                        - to: pushgateway:${header.j}?metricName=rows
                """, """
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                  <route id="fromXml">
                    <from uri="direct:xml"/>
                    <to uri="pushgateway:load-${header.j}?metricName=rows"/>
                    <to uri="pushgateway:$simple{header.j}?metricName=rows"/>
                  </route>
                </routes>
                """})
    void jobExpressionWorksInYamlAndXml(String routes) throws Exception {
        boolean yaml = routes.startsWith("-");
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(yaml ? "routes.yaml" : "routes.xml", routes));

        template.sendBodyAndHeader(yaml ? "direct:yaml" : "direct:xml", 1, "j", "eu");

        assertThat(jobs()).containsExactly("load-eu", "eu");
    }
}
