package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pushes that break the metrics page of a gateway. Each does so when it is sent directly. The component rejects each of
 * them, so the gateway can still be scraped.
 */
class PoisonIT extends ContextTestSupport {

    private static final PushgatewaySetup OLD = PushgatewaySetup.plain().withVersion("1.5.1");
    private static final PushgatewaySetup NEW = PushgatewaySetup.plain().withVersion("1.11.2");
    private static final PushgatewaySetup UTF8_NAMES = NEW.withFlag("--push.enable-utf8-names");

    /** With the consistency check, a gateway refuses a summary with a duplicate label. */
    private static final PushgatewaySetup UNCHECKED = NEW.withFlag("--push.disable-consistency-check");

    private static final String TEXT = "text/plain; version=0.0.4";
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    private static final Map<PushgatewaySetup, Pushgateway> GATEWAYS = new HashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param groupPath the path of the group after the job {@code poison} */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RawRequest(String groupPath, String contentType, byte[] body) {}

    /** The corresponding push of the component. */
    private record ComponentPush(String options, Map<String, Object> groupingKey, Object body) {}

    static Stream<Arguments> poisons() {
        Object gauge = gauge("x");
        RawRequest emptyValue = new RawRequest("/instance@base64/=", TEXT, bytes("x 1\n"));
        RawRequest surrogate = new RawRequest("/l@base64/7aCA", TEXT, bytes("x 1\n"));
        RawRequest le = new RawRequest(
                "/le/1", TEXT, bytes("# TYPE h histogram\nh_bucket{le=\"2\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n"));
        RawRequest quantile =
                new RawRequest("/quantile/1", TEXT, bytes("# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_count 1\n"));
        return Stream.of(
                poison("an empty grouping value", OLD, emptyValue, push("instance", "", gauge), PoisonIT::isError),
                poison("an empty grouping value", NEW, emptyValue, push("instance", "", gauge), PoisonIT::isError),
                poison("half of a surrogate pair", OLD, surrogate, push("l", "\ud800", gauge), PoisonIT::isError),
                poison("half of a surrogate pair", NEW, surrogate, push("l", "\ud800", gauge), PoisonIT::isError),
                poison(
                        "the metric's name as an escaped label name",
                        UTF8_NAMES,
                        new RawRequest("/U______name____/y", TEXT, bytes("x 1\n")),
                        push("U______name____", "y", gauge),
                        PoisonIT::isError),
                poison(
                        "a gauge histogram",
                        OLD,
                        new RawRequest("", PROTOBUF, family("h", 5, field(7, new byte[] {0x08, 1}))),
                        new ComponentPush("", Map.of(), histogram(true)),
                        PoisonIT::isCutOff),
                poison("the label le of a histogram", OLD, le, push("le", "1", histogram(false)), shows("le=.*le=")),
                poison("the label le of a histogram", NEW, le, push("le", "1", histogram(false)), shows("le=.*le=")),
                poison(
                        "the label quantile of a summary",
                        UNCHECKED,
                        quantile,
                        push("quantile", "1", summary()),
                        PoisonIT::isError),
                poison(
                        "a name that the text format does not allow",
                        OLD,
                        new RawRequest("", PROTOBUF, family("a-b", 1, field(2, oneAsDouble()))),
                        new ComponentPush("", Map.of(), gauge("a-b")),
                        shows("(?m)^a-b\\{")));
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(Pushgateway::close);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poisons")
    void pushThatPoisonsGatewayIsRejected(
            String name,
            PushgatewaySetup setup,
            RawRequest raw,
            ComponentPush push,
            Predicate<HttpResponse<String>> poisoned)
            throws Exception {
        Pushgateway gateway = gateway(setup);
        put(gateway, new RawRequest("", TEXT, bytes("other 1\n")));

        assertThatThrownBy(() -> template.sendBodyAndHeader(
                        "pushgateway:poison?operation=push&url=" + gateway.url() + push.options(),
                        push.body(),
                        PushgatewayConstants.GROUPING_KEY,
                        push.groupingKey()))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PushgatewayException.class,
                        rejection -> assertThat(rejection.getAttempts()).isZero());
        assertThat(isComplete(scrape(gateway))).isTrue();

        // the status of the response is irrelevant: the gateway may return 400 and still be poisoned
        put(gateway, raw);
        assertThat(poisoned.test(scrape(gateway))).isTrue();

        delete(gateway, raw);
        await().until(() -> isComplete(scrape(gateway)));
    }

    private static Pushgateway gateway(PushgatewaySetup setup) {
        return GATEWAYS.computeIfAbsent(setup, wanted -> {
            try {
                return Pushgateway.start(wanted);
            } catch (IllegalStateException e) {
                return abort("no gateway of this version is available: " + e.getMessage());
            }
        });
    }

    private static void put(Pushgateway gateway, RawRequest raw) throws Exception {
        HTTP.send(
                request(gateway, raw)
                        .header("Content-Type", raw.contentType())
                        .PUT(BodyPublishers.ofByteArray(raw.body()))
                        .build(),
                BodyHandlers.discarding());
    }

    private static void delete(Pushgateway gateway, RawRequest raw) throws Exception {
        HTTP.send(request(gateway, raw).DELETE().build(), BodyHandlers.discarding());
    }

    private static HttpRequest.Builder request(Pushgateway gateway, RawRequest raw) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics/job/poison" + raw.groupPath()));
    }

    private static HttpResponse<String> scrape(Pushgateway gateway) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics")).build(), BodyHandlers.ofString());
    }

    private static boolean isError(HttpResponse<String> scrape) {
        return scrape.statusCode() == 500;
    }

    /** Returns whether the end of the page is missing. The last metrics on the page are those of the gateway itself. */
    private static boolean isCutOff(HttpResponse<String> scrape) {
        return !isComplete(scrape);
    }

    private static boolean isComplete(HttpResponse<String> scrape) {
        return scrape.statusCode() == 200 && scrape.body().contains("\npushgateway_http_requests_total");
    }

    private static Predicate<HttpResponse<String>> shows(String pattern) {
        return scrape -> Pattern.compile(pattern).matcher(scrape.body()).find();
    }

    private static Arguments poison(
            String name,
            PushgatewaySetup setup,
            RawRequest raw,
            ComponentPush push,
            Predicate<HttpResponse<String>> poisoned) {
        return Arguments.of(name + ", " + setup.version(), setup, raw, push, poisoned);
    }

    private static ComponentPush push(String label, String value, Object body) {
        return new ComponentPush("", Map.of(label, value), body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Object gauge(String name) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(new GaugeDataPointSnapshot(1, Labels.EMPTY, null))
                .build();
    }

    private static Object histogram(boolean gauge) {
        return HistogramSnapshot.builder()
                .name("h")
                .gaugeHistogram(gauge)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(
                                ClassicHistogramBuckets.of(new double[] {Double.POSITIVE_INFINITY}, new long[] {1}))
                        .build())
                .build();
    }

    private static Object summary() {
        return SummarySnapshot.builder()
                .name("s")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .quantiles(Quantiles.of(new Quantile(0.5, 1)))
                        .count(1)
                        .build())
                .build();
    }

    /**
     * Returns a family with one metric in the delimited format.
     *
     * @param type 1 is a gauge, 5 a gauge histogram
     * @param value the metric's field 2 for a gauge, 7 for a histogram
     */
    private static byte[] family(String name, int type, byte[] value) {
        ByteArrayOutputStream family = new ByteArrayOutputStream();
        family.writeBytes(field(1, bytes(name)));
        family.writeBytes(new byte[] {0x18, (byte) type});
        family.writeBytes(field(4, value));
        ByteArrayOutputStream delimited = new ByteArrayOutputStream();
        delimited.write(family.size());
        delimited.writeBytes(family.toByteArray());
        return delimited.toByteArray();
    }

    private static byte[] oneAsDouble() {
        return ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x09)
                .putDouble(1)
                .array();
    }

    private static byte[] field(int number, byte[] content) {
        return ByteBuffer.allocate(content.length + 2)
                .put((byte) (number << 3 | 2))
                .put((byte) content.length)
                .put(content)
                .array();
    }
}
