package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If the clock of a gateway is wrong or unknown, a selection by age is rejected. */
class WrongClockTest extends WireServerTestSupport {

    private String date = "";
    private WireServer correct;

    /** Responds with one group, whose last push was one hour ago according to a correct clock. */
    private static WireServer.Response gateway(Supplier<String> date) {
        long pushed = ZonedDateTime.now(ZoneOffset.UTC).minusHours(1).toEpochSecond();
        byte[] body = ("{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"tmp-a\"},"
                        + "\"push_time_seconds\":{\"metrics\":[{\"value\":\"" + pushed + "\"}]}}]}")
                .getBytes(UTF_8);
        return (request, out) -> {
            boolean list = request.method().equals("GET");
            int status = request.method().equals("DELETE") ? 202 : 200;
            out.write(("HTTP/1.1 " + status + " X\r\n" + date.get() + "Content-Length: " + (list ? body.length : 0)
                            + "\r\n\r\n")
                    .getBytes(UTF_8));
            out.write(list ? body : new byte[0]);
        };
    }

    private static String inMinutes(long minutes) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(minutes));
    }

    @Override
    protected WireServer.Response response() {
        return gateway(() -> date);
    }

    @BeforeEach
    void start() throws Exception {
        correct = new WireServer(gateway(() -> "Date: " + inMinutes(0) + "\r\n"));
    }

    @AfterEach
    void stop() throws Exception {
        correct.close();
    }

    static Stream<Arguments> wrongClocks() {
        List<Arguments> all = new ArrayList<>();
        for (String date : List.of(
                "Date: " + inMinutes(7) + "\r\n",
                "Date: " + inMinutes(-7) + "\r\n",
                "Date: " + inMinutes(5 * 525_600) + "\r\n",
                "Date: " + inMinutes(-5 * 525_600) + "\r\n",
                "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
                "Date: yesterday\r\n",
                "Date: \r\n",
                "")) {
            for (String selection : List.of(
                    "operation=sweep&staleAfter=30m",
                    "operation=sweep&staleAfter=30m&dryRun=true",
                    "operation=groups&staleAfter=30m",
                    "operation=sweep&staleAfter=30m&distribution=shard&url=BOTH",
                    "operation=sweep&staleAfter=30m&distribution=mirror&url=BOTH")) {
                all.add(Arguments.of(date, selection));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("wrongClocks")
    void selectionByAgeIsRejected(String header, String selection) {
        date = header;
        Exchange exchange = template.request(
                "pushgateway:tmp-*?" + selection.replace("BOTH", correct.url() + "," + server.url()), each -> {});

        assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
        assertThat(exchange.getException())
                .message()
                .contains(
                        server.url(),
                        "the local clock shows "
                                + ZonedDateTime.now(ZoneOffset.UTC).getYear())
                .contains(header.contains("GMT") ? "its clock shows " : "no valid Date header");
        assertThat(server.requests()).extracting(WireServer.Request::method).containsExactly("GET");
        assertThat(correct.requests()).extracting(WireServer.Request::method).doesNotContain("DELETE");
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, 0, 4})
    void smallDifferenceIsAccepted(long minutes) {
        date = "Date: " + inMinutes(minutes) + "\r\n";

        assertThat((List<?>) template.request("pushgateway:tmp-*?operation=sweep&staleAfter=30m", each -> {})
                        .getMessage()
                        .getBody(List.class))
                .hasSize(1);
        assertThat(server.requests()).extracting(WireServer.Request::method).contains("DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation=groups", "operation=sweep"})
    void selectionByNameDoesNotNeedClock(String operation) {
        date = "";

        assertThat(template.request("pushgateway:tmp-*?" + operation, each -> {})
                        .getException())
                .isNull();
    }

    @Test
    void pollOfConsumerFails() throws Exception {
        date = "Date: " + inMinutes(60) + "\r\n";
        Queue<Exchange> polled = new ConcurrentLinkedQueue<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("pushgateway:tmp-*?staleAfter=30m&bridgeErrorHandler=true&initialDelay=0&delay=20")
                        .routeId("stale")
                        .process(polled::add);
            }
        });
        await().pollDelay(Duration.ofMillis(1)).until(() -> server.requests().size() > 2);
        context.getRouteController().stopRoute("stale");

        assertThat(polled).isEmpty();
    }
}
