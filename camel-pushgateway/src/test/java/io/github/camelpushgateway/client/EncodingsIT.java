package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.ExposedProtobuf;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Old and new gateways accept each format and each compression that they support. */
class EncodingsIT {

    private static final GroupingKey KEY = GroupingKey.of("encodings");
    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    @AfterAll
    static void stop() {
        GATEWAYS.close();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(VersionedGateways.OLD, VersionedGateways.NEW)
                .flatMap(version -> Stream.of(Format.values())
                        .flatMap(format -> Stream.of(Compression.values())
                                .map(compression -> Arguments.of(version, format, compression))));
    }

    /** Includes snappy with an old gateway that does not support it, because an empty body is not compressed. */
    @ParameterizedTest
    @MethodSource("encodings")
    void emptyPushClearsGroupAndDeleteDeletesIt(String version, Format format, Compression compression) {
        Pushgateway gateway = gateway(version);
        try (PushgatewayClient plain =
                        new PushgatewayClient(Pushes.settings(gateway.url(), Format.TEXT, Compression.NONE));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(gateway.url(), format, compression))) {
            send(plain, new PushRequest(PushOperation.PUSH, KEY, Pushes.gauge("x", 1)));

            send(client, new PushRequest(PushOperation.PUSHADD, KEY, MetricSnapshots.of()));
            assertThat(exposed(gateway)).contains("\nx{");
            send(client, new PushRequest(PushOperation.PUSH, KEY, MetricSnapshots.of()));
            assertThat(exposed(gateway)).contains("push_time_seconds{").doesNotContain("\nx{");

            assertThat(client.send(PushRequest.delete(KEY))
                            .toCompletableFuture()
                            .join()
                            .statusCode())
                    .isEqualTo(202);
            assertThat(client.ready().toCompletableFuture().join().statusCode()).isEqualTo(200);
        }
    }

    static Stream<Arguments> knownEncodings() {
        return encodings()
                .filter(encoding ->
                        !(encoding.get()[0].equals(VersionedGateways.OLD) && encoding.get()[2] == Compression.SNAPPY));
    }

    @ParameterizedTest
    @MethodSource("knownEncodings")
    void snapshotsWithTheSameNameAreBothExposed(String version, Format format, Compression compression) {
        Pushgateway gateway = gateway(version);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(gateway.url(), format, compression))) {
            send(client, new PushRequest(PushOperation.PUSH, KEY, MetricSnapshots.of(gauge("a", 1), gauge("b", 2))));
        }

        assertThat(exposed(gateway))
                .contains(
                        "x{instance=\"\",job=\"encodings\",l=\"a\"} 1\n",
                        "x{instance=\"\",job=\"encodings\",l=\"b\"} 2\n");
    }

    /** In the text format, a gateway exposes both zeros as 0, so the test uses protobuf. */
    @ParameterizedTest
    @MethodSource("knownEncodings")
    void negativeZeroIsStored(String version, Format format, Compression compression) throws IOException {
        Pushgateway gateway = gateway(version);
        try (PushgatewayClient client = new PushgatewayClient(Pushes.settings(gateway.url(), format, compression))) {
            send(client, new PushRequest(PushOperation.PUSH, KEY, MetricSnapshots.of(gauge("a", -0.0))));
        }

        assertThat(ExposedProtobuf.scrape(gateway.url(), KEY.job()))
                .hasEntrySatisfying(
                        "x",
                        family -> assertThat(family.metrics())
                                .hasSize(1)
                                .allSatisfy(metric ->
                                        assertThat(metric.getGauge().getValue()).isEqualTo(Double.valueOf(-0.0))));
    }

    @Test
    void oldGatewayRefusesSnappy() {
        Pushgateway gateway = gateway(VersionedGateways.OLD);
        try (PushgatewayClient client =
                new PushgatewayClient(Pushes.settings(gateway.url(), Format.TEXT, Compression.SNAPPY))) {
            assertThatThrownBy(() -> send(client, new PushRequest(PushOperation.PUSH, KEY, Pushes.gauge("x", 1))))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            PushgatewayException.class,
                            failure -> assertThat(failure.getStatusCode()).isEqualTo(400));
        }
    }

    private static Pushgateway gateway(String version) {
        Optional<Pushgateway> gateway = GATEWAYS.find(version);
        assumeTrue(gateway.isPresent(), () -> "no Pushgateway " + version + " is available");
        return gateway.orElseThrow();
    }

    private static void send(PushgatewayClient client, PushRequest request) {
        client.send(request).toCompletableFuture().join();
    }

    private static String exposed(Pushgateway gateway) {
        return '\n' + gateway.metrics();
    }

    private static GaugeSnapshot gauge(String label, double value) {
        return GaugeSnapshot.builder()
                .name("x")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("l", label))
                        .value(value)
                        .build())
                .build();
    }
}
