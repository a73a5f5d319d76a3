package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.WireServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** With {@code onPushFailure=warn}, a gateway that does not respond costs a route neither time nor memory. */
class DeadGatewayTest extends ContextTestSupport {

    private static final int EXCHANGES = 20_000;
    private static final int MAX = 100;

    @Test
    void routeContinuesImmediatelyAboveMaxPending() throws Exception {
        CountDownLatch responds = new CountDownLatch(1);
        AtomicInteger continued = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (WireServer server = new WireServer((request, out) -> {
                    responds.await();
                    WireServer.status(200, "").to(request, out);
                });
                LogCapture log = LogCapture.of(PushgatewayProducer.class, Level.WARN)) {
            String push =
                    "pushgateway:load?metricName=rows&onPushFailure=warn&maxPending=" + MAX + "&url=" + server.url();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(push).process(exchange -> continued.incrementAndGet());
                }
            });
            context.getShutdownStrategy().setTimeout(1);
            PushgatewayEndpoint endpoint = context.getEndpoint(push, PushgatewayEndpoint.class);
            Instant start = Instant.now();

            send(context, failed);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
            assertThat(continued).hasValue(EXCHANGES - MAX);
            assertThat(endpoint.getInFlight()).isEqualTo(MAX);
            assertThat(log.lines())
                    .hasSize(EXCHANGES - MAX)
                    .allMatch(line -> line.startsWith("WARN") && line.contains("maxPending"));
            assertThat(server.connections()).isLessThanOrEqualTo(5);

            responds.countDown();
            await().until(() -> continued.get() == EXCHANGES);
            assertThat(failed).hasValue(0);
            assertThat(endpoint.getPushesFailed()).isEqualTo(EXCHANGES - MAX);
        }
    }

    private static void send(CamelContext context, AtomicInteger failed) throws Exception {
        Endpoint in = context.getEndpoint("direct:in");
        try (AsyncProducer producer = in.createAsyncProducer()) {
            producer.start();
            for (int i = 0; i < EXCHANGES; i++) {
                Exchange exchange = in.createExchange();
                exchange.getMessage().setBody(i);
                exchange.getMessage().setHeader(PushgatewayConstants.JOB, "load-" + i);
                producer.process(exchange, sync -> {
                    if (exchange.isFailed()) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
    }
}
