package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static io.github.camelpushgateway.testing.Increases.histogram;
import static io.github.camelpushgateway.testing.Increases.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.LossyProxy.Loss;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccumulateIT {

    private static final GroupingKey GROUP = GroupingKey.of("accumulated", Map.of("region", "a b"));
    private static final VersionedGateways VERSIONS = new VersionedGateways();

    private static Pushgateway gateway;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private PushgatewayClient client;

    @BeforeAll
    static void startGateway() {
        gateway = Pushgateway.start(PushgatewaySetup.plain());
    }

    @AfterAll
    static void stopGateways() {
        gateway.close();
        VERSIONS.close();
    }

    @BeforeEach
    void openClient() {
        client = new PushgatewayClient(Pushes.settings(gateway.url(), this::record));
    }

    @AfterEach
    void clean() throws Exception {
        send(PushRequest.delete(GROUP));
        client.close();
    }

    private GatewayResponse record(GatewayRequest request, PushgatewayHandler.Next next) throws IOException {
        requests.add(request.method());
        return next.handle(request);
    }

    private PushResponse send(PushRequest request) throws PushgatewayException, InterruptedException {
        return Futures.await(client.send(request));
    }

    private static PushgatewayGroup group() {
        return gateway.group("job", "accumulated", "region", "a b").orElseThrow();
    }

    static Stream<Arguments> gatewaysAndFormats() {
        return Stream.of(VersionedGateways.OLD, VersionedGateways.NEW)
                .flatMap(version ->
                        Stream.of(Format.TEXT, Format.PROTOBUF).map(format -> Arguments.of(version, format)));
    }

    @ParameterizedTest
    @MethodSource("gatewaysAndFormats")
    void valuesAreAddedAcrossClients(String version, Format format) throws Exception {
        Optional<Pushgateway> found = VERSIONS.find(version);
        Assumptions.assumeTrue(found.isPresent());
        Pushgateway versioned = found.orElseThrow();
        GroupingKey group = GroupingKey.of("accumulated", Map.of("format", format.toString()));
        for (int i = 1; i <= 3; i++) {
            // each client reads what the earlier ones have written
            try (PushgatewayClient each =
                    new PushgatewayClient(Pushes.settings(versioned.url(), format, Compression.NONE))) {
                Futures.await(each.send(accumulate(
                        group,
                        counter("rows", i, Labels.of("table", "x", "empty", "")),
                        gauge("temperature", i),
                        histogram("seconds", 1.5, 1, 2, 3),
                        summary("bytes", 2, 100))));
                Futures.await(each.send(accumulate(group, counter("rows", 0.5, Labels.of("table", "y")))));
            }
        }

        PushgatewayGroup stored = versioned
                .group("job", "accumulated", "format", format.toString())
                .orElseThrow();
        assertThat(stored.family("rows_total").samples())
                .extracting(sample -> sample.labels().get("table"), PushgatewayGroup.Sample::number)
                .containsExactlyInAnyOrder(tuple("x", 6.0), tuple("y", 1.5));
        assertThat(stored.value("temperature")).isEqualTo(3);
        assertThat(versioned.metrics())
                .contains("seconds_bucket{format=\"" + format + "\",instance=\"\",job=\"accumulated\",le=\"1\"} 3")
                .contains("le=\"10\"} 9")
                .contains("le=\"+Inf\"} 18")
                .contains("seconds_sum{format=\"" + format + "\",instance=\"\",job=\"accumulated\"} 4.5")
                .contains("bytes_count{format=\"" + format + "\",instance=\"\",job=\"accumulated\"} 6")
                .contains("bytes_sum{format=\"" + format + "\",instance=\"\",job=\"accumulated\"} 300");
    }

    @Test
    void groupIsReadOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(accumulate(GROUP, counter("rows", 2), gauge("temperature", i)));
        }

        assertThat(group().value("rows_total")).isEqualTo(6);
        assertThat(requests).containsExactly("GET", "POST", "POST", "POST");
    }

    @Test
    void pushaddOfOtherMetricsNeedsNoRead() throws Exception {
        send(accumulate(GROUP, counter("rows", 2)));
        send(new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(gauge("temperature", 1))));
        send(accumulate(GROUP, counter("rows", 2)));

        assertThat(requests).containsExactly("GET", "POST", "POST", "POST");
    }

    @Test
    void otherRequestsOfTheClientChangeTheValues() throws Exception {
        send(accumulate(GROUP, counter("rows", 2)));
        send(new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(counter("rows", 10))));
        send(accumulate(GROUP, counter("rows", 2)));
        assertThat(group().value("rows_total")).isEqualTo(12);

        send(new PushRequest(PushOperation.PUSH, GROUP, MetricSnapshots.of(counter("rows", 100))));
        send(accumulate(GROUP, counter("rows", 2)));
        assertThat(group().value("rows_total")).isEqualTo(102);

        send(PushRequest.delete(GROUP));
        send(accumulate(GROUP, counter("rows", 2)));
        assertThat(group().value("rows_total")).isEqualTo(2);
    }

    @Test
    void pendingRequestsAreSummed() throws Exception {
        CompletableFuture<Void> queued = new CompletableFuture<>();
        try (PushgatewayClient waiting = new PushgatewayClient(Pushes.settings(gateway.url(), (request, next) -> {
            queued.join();
            return record(request, next);
        }))) {
            List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                outcomes.add(waiting.send(accumulate(GROUP, counter("rows", 1), counter("rows_" + i % 3, 1)))
                        .toCompletableFuture());
            }
            queued.complete(null);
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get();
        }

        assertThat(group().value("rows_total")).isEqualTo(100);
        assertThat(group().value("rows_0_total")).isEqualTo(34);
        assertThat(requests).hasSizeLessThan(10);
    }

    /** A proxy, or a gateway that has stalled, may execute a request after later ones. */
    @Test
    void lateRequestDoesNotReduceTheValues() throws Exception {
        try (LossyProxy proxy = new LossyProxy(gateway.url(), Loss.NONE, Loss.LATE);
                PushgatewayClient late = new PushgatewayClient(Pushes.withAccumulateRefresh(
                        Pushes.settings(proxy.url(), Duration.ofSeconds(1), 0), Duration.ZERO))) {
            assertThatThrownBy(
                            () -> Futures.await(late.send(accumulate(GROUP, counter("rows", 1), counter("other", 1)))))
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("no complete response was received");
            Futures.await(late.send(accumulate(GROUP, counter("rows", 20), counter("other", 20))));
            Futures.await(late.send(accumulate(GROUP, counter("rows", 300))));
            proxy.deliverLate();
            assertThat(group().value("rows_total")).isEqualTo(1);

            Futures.await(late.send(accumulate(GROUP, counter("rows", 4_000))));

            assertThat(group().value("rows_total")).isEqualTo(4_320);
            assertThat(group().value("other_total")).isEqualTo(20);
        }
    }

    @Test
    void closeEndsPendingRequests() throws Exception {
        List<CompletableFuture<PushResponse>> outcomes = new ArrayList<>();
        PushgatewayClient closed = new PushgatewayClient(Pushes.settings(gateway.url()));
        for (int i = 0; i < 100; i++) {
            outcomes.add(closed.send(accumulate(GROUP, counter("rows", 1), counter("rows_" + i, 1)))
                    .toCompletableFuture());
        }
        closed.close();

        int succeeded = 0;
        for (CompletableFuture<PushResponse> outcome : outcomes) {
            succeeded += outcome.handle((response, failure) -> failure == null).get(10, TimeUnit.SECONDS) ? 1 : 0;
        }
        double stored = gateway.group("job", "accumulated", "region", "a b")
                .map(group -> group.value("rows_total"))
                .orElse(0.0);
        assertThat(stored).isBetween((double) succeeded, 100.0);
        // an outcome completes before its request is removed
        await().until(closed::isIdle);
    }

    @Test
    void valuesAreReadAgainAfterTheTime() throws Exception {
        // not the group that other tests delete, which may need more requests
        GroupingKey group = GroupingKey.of("refreshed");
        ClientSettings settings = Pushes.settings(gateway.url(), this::record);
        try (PushgatewayClient always = new PushgatewayClient(Pushes.withAccumulateRefresh(settings, Duration.ZERO))) {
            Futures.await(always.send(accumulate(group, counter("rows", 1))));
            Futures.await(client.send(accumulate(group, counter("rows", 1))));
            Futures.await(always.send(accumulate(group, counter("rows", 1))));
        }

        assertThat(gateway.group("job", "refreshed").orElseThrow().value("rows_total"))
                .isEqualTo(3);
        assertThat(requests).containsExactly("GET", "POST", "GET", "POST", "GET", "POST");
    }

    /** A gateway without consistency check responds before it executes a push. */
    @Test
    void acceptedRequestIsCountedBeforeItIsExecuted() throws Exception {
        List<GatewayRequest> queue = new ArrayList<>();
        PushgatewayHandler later = (request, next) -> {
            if (request.method().equals("GET")) {
                return next.handle(request);
            }
            queue.add(request);
            if (queue.size() > 2) {
                execute(queue.remove(0));
            }
            return GatewayResponse.of(202);
        };
        try (PushgatewayClient queued = new PushgatewayClient(
                Pushes.withAccumulateRefresh(Pushes.settings(gateway.url(), later), Duration.ZERO))) {
            for (int i = 0; i < 5; i++) {
                Futures.await(queued.send(accumulate(GROUP, counter("rows", 1))));
            }
        }
        for (GatewayRequest request : queue) {
            execute(request);
        }

        assertThat(group().value("rows_total")).isEqualTo(5);
    }

    /** The next client must not start with the value before the push that the gateway has not executed yet. */
    @Test
    void acceptedRequestOfAClosedClientIsNotLost() throws Exception {
        List<GatewayRequest> queue = new ArrayList<>();
        PushgatewayHandler later = (request, next) -> {
            if (request.method().equals("GET")) {
                return next.handle(request);
            }
            queue.add(request);
            if (queue.size() > 1) {
                execute(queue.remove(0));
            }
            return GatewayResponse.of(202);
        };
        try (LogCapture log = LogCapture.ofAll(Level.WARN)) {
            for (int i = 0; i < 5; i++) {
                try (PushgatewayClient each = new PushgatewayClient(Pushes.settings(gateway.url(), later))) {
                    Futures.await(each.send(accumulate(GROUP, counter("rows", 1))));
                }
            }
            assertThat(log.lines()).isEmpty();
        }
        for (GatewayRequest request : queue) {
            execute(request);
        }

        assertThat(group().value("rows_total")).isEqualTo(5);
    }

    static void execute(GatewayRequest request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) request.url().toURL().openConnection();
        connection.setRequestMethod(request.method());
        connection.setDoOutput(true);
        request.headers().forEach(connection::setRequestProperty);
        connection.getOutputStream().write(request.body());
        assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    @Test
    void groupWhoseLabelsAreHiddenIsNotTakenForANewOne() throws Exception {
        send(accumulate(GROUP, counter("rows", 10)));
        execute(new GatewayRequest(
                URI.create(gateway.url() + "/metrics/job/accumulated/region/a%20b"),
                "POST",
                Duration.ofSeconds(10),
                Map.of(),
                "labels 1\n".getBytes(UTF_8)));
        try (PushgatewayClient fresh = new PushgatewayClient(Pushes.settings(gateway.url(), this::record))) {
            assertThatThrownBy(() -> Futures.await(fresh.send(accumulate(GROUP, counter("rows", 1)))))
                    .isInstanceOf(PushgatewayException.class)
                    .hasMessageContaining("the group has a metric named 'labels'");
        }
        assertThat(gateway.metrics()).contains("rows_total{instance=\"\",job=\"accumulated\",region=\"a b\"} 10");
    }

    @Test
    void firstRequestAfterADeleteDoesNotRead() throws Exception {
        send(new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(counter("rows", 10))));
        for (int i = 0; i < 20; i++) {
            try (PushgatewayClient fresh = new PushgatewayClient(Pushes.settings(gateway.url(), this::record))) {
                Futures.await(fresh.send(PushRequest.delete(GROUP)));
                Futures.await(fresh.send(accumulate(GROUP, counter("rows", 1))));
            }
            assertThat(group().value("rows_total")).isEqualTo(1);
        }
        assertThat(requests).doesNotContain("GET");
    }

    @Test
    void wipeChangesTheValues() throws Exception {
        try (Pushgateway wiped = Pushgateway.start(PushgatewaySetup.plain().withFlag("--web.enable-admin-api"));
                PushgatewayClient owner = new PushgatewayClient(Pushes.settings(wiped.url()))) {
            Futures.await(owner.send(accumulate(GROUP, counter("rows", 5))));
            Futures.await(owner.wipe());
            Futures.await(owner.send(accumulate(GROUP, counter("rows", 1))));

            assertThat(wiped.group("job", "accumulated", "region", "a b")
                            .orElseThrow()
                            .value("rows_total"))
                    .isEqualTo(1);
        }
    }

    @Test
    void otherTypeInTheGroupIsRejected() throws Exception {
        send(new PushRequest(PushOperation.PUSHADD, GROUP, MetricSnapshots.of(gauge("rows_total", 7))));

        assertThatThrownBy(() -> send(accumulate(GROUP, counter("rows", 2))))
                .isInstanceOfSatisfying(
                        PushgatewayException.class,
                        failure -> assertThat(failure.isRejection()).isTrue())
                .hasMessageContaining("the group holds the metric 'rows_total' with the type gauge");
        assertThat(group().value("rows_total")).isEqualTo(7);
    }

    @Test
    void sumThatIsTooLargeIsRejected() throws Exception {
        send(accumulate(GROUP, counter("rows", 1e308)));

        assertThatThrownBy(() -> send(accumulate(GROUP, counter("rows", 1e308))))
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(
                        "'rows_total' would have the sum Infinity; delete the group, or rename the metric");
        assertThat(group().value("rows_total")).isEqualTo(1e308);
    }

    @Test
    void otherBoundsInTheGroupAreRejected() throws Exception {
        send(accumulate(GROUP, histogram("seconds", 1, 1, 1, 1)));

        assertThatThrownBy(() -> send(accumulate(
                        GROUP, histogram("seconds", new double[] {5, Double.POSITIVE_INFINITY}, 1, 1, 1))))
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("'seconds' with the bucket bounds [5.0, Infinity] cannot be added");
    }

    @Test
    void oneOfSeveralPendingRequestsIsRejected() throws Exception {
        send(accumulate(GROUP, counter("rows", 1), gauge("other_total", 1)));
        CompletableFuture<PushResponse> first =
                client.send(accumulate(GROUP, counter("rows", 1))).toCompletableFuture();
        CompletableFuture<PushResponse> second =
                client.send(accumulate(GROUP, counter("rows", 1))).toCompletableFuture();
        CompletableFuture<PushResponse> bad =
                client.send(accumulate(GROUP, counter("other", 1))).toCompletableFuture();
        CompletableFuture<PushResponse> last =
                client.send(accumulate(GROUP, counter("rows", 1))).toCompletableFuture();

        CompletableFuture.allOf(first, second, last).get();
        assertThatThrownBy(bad::get).hasCauseInstanceOf(PushgatewayException.class);
        assertThat(group().value("rows_total")).isEqualTo(4);
        assertThat(group().value("other_total")).isEqualTo(1);
    }

    @Test
    void valueOfAnotherWriterWins() throws Exception {
        send(accumulate(GROUP, counter("rows", 1)));
        try (PushgatewayClient other = new PushgatewayClient(Pushes.settings(gateway.url()))) {
            Futures.await(
                    other.send(new PushRequest(PushOperation.PUSH, GROUP, MetricSnapshots.of(counter("rows", 50)))));
        }
        // refused by the gateway, so that the group is read again
        Futures.await(client.send(new PushRequest(
                PushOperation.PUSH, GroupingKey.of("other"), MetricSnapshots.of(gauge("conflict_total", 50)))));
        assertThatThrownBy(() -> send(accumulate(GROUP, counter("rows", 1), counter("conflict", 1))))
                .isInstanceOf(PushgatewayException.class);
        send(accumulate(GROUP, counter("rows", 1)));

        assertThat(group().value("rows_total")).isEqualTo(51);
    }
}
