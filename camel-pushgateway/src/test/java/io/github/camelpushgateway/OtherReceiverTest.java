package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on a server that responds like VictoriaMetrics: to any request below its path with a success. */
class OtherReceiverTest extends ContextTestSupport {

    private static final String PATH = "/api/v1/import/prometheus";
    private static final String NOT_DELETED =
            "it responded with 204, but a Pushgateway responds with 202, so the server is another receiver and probably"
                    + " has deleted nothing";

    private WireServer server;

    @BeforeEach
    void start() throws IOException {
        server = new WireServer((request, out) -> (request.path().startsWith(PATH)
                        ? WireServer.raw("HTTP/1.1 204 No Content\r\n\r\n")
                        : WireServer.status(400, "unsupported path requested: \"" + request.path() + '"'))
                .to(request, out));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Exception failure(String uri) {
        Exchange exchange = template.request(uri, each -> each.getMessage().setBody(1));
        assertThat(exchange.getException()).isNotNull();
        return exchange.getException();
    }

    @ParameterizedTest
    @CsvSource({"pushadd", "push"})
    void pushSucceedsWith204(String operation) {
        Exchange pushed = template.request(
                "pushgateway:a?metricName=x&operation=" + operation + "&url=" + server.url() + PATH,
                each -> each.getMessage().setBody(1));

        assertThat(pushed.getException()).isNull();
        assertThat(pushed.getMessage().getHeader(PushgatewayConstants.RESPONSE_CODE))
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"a, delete", "*, wipe"})
    void deletionFails(String job, String operation) {
        assertThat(failure("pushgateway:" + job + "?operation=" + operation + "&url=" + server.url() + PATH))
                .hasMessageContaining(NOT_DELETED);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void deletionOnMirrorsNamesTheReceiverThatDeletesNothing() throws IOException {
        try (WireServer gateway = new WireServer(WireServer.status(200, ""))) {
            assertThat(failure("pushgateway:a?operation=delete&distribution=mirror&url=" + gateway.url() + ","
                            + server.url() + PATH))
                    .hasMessageContaining(
                            " succeeded on 1 of 2 gateways; on " + server.url() + PATH + " it failed: " + NOT_DELETED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, groups",
        "a, sweep",
        "a, status",
        "a, 'accumulate&metricName=rows&metricType=counter'",
    })
    void queryFails(String job, String operation) {
        assertThat(failure("pushgateway:" + job + "?operation=" + operation + "&url=" + server.url() + PATH))
                .hasMessageContaining("the response is not that of a Pushgateway; check the option url")
                .hasMessageContaining(
                        "other receivers have no query API, which accumulate, groups, sweep, status and the consumer"
                                + " need");
    }

    @Test
    void lastDeletionOfAPublisherIsLogged() throws Exception {
        context.getRegistry().bind("metrics", new PrometheusRegistry());
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            context.addService(new PushgatewayPublisher(
                    "pushgateway:a?registry=#metrics&url=" + server.url() + PATH, "1h", "delete"));
            context.stop();

            assertThat(log.lines()).singleElement().asString().contains(NOT_DELETED);
        }
    }

    @Test
    void pathThatIsMissingIsNamed() {
        assertThat(failure("pushgateway:a?metricName=x&url=" + server.url()))
                .hasMessageContaining("the server is VictoriaMetrics or vmagent, which receives pushes at the path "
                        + PATH + ", so add this path to the option url");
    }

    /** The line names what a response cannot show. */
    @Test
    void startIsLoggedOnceForEachReceiver() throws IOException {
        try (LogCapture log = LogCapture.of(VictoriaMetricsNotice.class, Level.INFO);
                WireServer gateway = new WireServer(WireServer.status(200, ""))) {
            for (String job : List.of("a", "b", "c")) {
                template.sendBody("pushgateway:" + job + "?metricName=x&url=" + server.url() + PATH, 1);
                template.sendBody("pushgateway:" + job + "?metricName=x&url=" + gateway.url(), 1);
            }

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(server.url() + PATH + " is VictoriaMetrics or vmagent", "replaces nothing");
        }
    }
}
