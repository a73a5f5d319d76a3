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
 * The pushes that break what a gateway shows to everybody: sent raw, each does; asked of the component, each is refused, and
 * the gateway goes on answering its scrapes.
 */
class PoisonIT extends ContextTestSupport {

    private static final PushgatewaySetup OLD = PushgatewaySetup.plain().withVersion("1.5.1");
    private static final PushgatewaySetup NEW = PushgatewaySetup.plain().withVersion("1.11.2");
    private static final PushgatewaySetup UTF8_NAMES = NEW.withFlag("--push.enable-utf8-names");

    /** With the check, a gateway refuses at least a summary that has its own label twice. */
    private static final PushgatewaySetup UNCHECKED = NEW.withFlag("--push.disable-consistency-check");

    private static final String TEXT = "text/plain; version=0.0.4";
    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";

    private static final Map<PushgatewaySetup, Pushgateway> GATEWAYS = new HashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param groupPath where in the gateway, after the job {@code poison} */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(String groupPath, String contentType, byte[] body) {}

    /** What the component is asked for. */
    private record Asked(String options, Map<String, Object> groupingKey, Object body) {}

    static Stream<Arguments> poisons() {
        Object gauge = gauge("x");
        Raw emptyValue = new Raw("/instance@base64/=", TEXT, bytes("x 1\n"));
        Raw surrogate = new Raw("/l@base64/7aCA", TEXT, bytes("x 1\n"));
        Raw le = new Raw(
                "/le/1", TEXT, bytes("# TYPE h histogram\nh_bucket{le=\"2\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n"));
        Raw quantile = new Raw("/quantile/1", TEXT, bytes("# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_count 1\n"));
        return Stream.of(
                poison("an empty grouping value", OLD, emptyValue, asked("instance", "", gauge), PoisonIT::isError),
                poison("an empty grouping value", NEW, emptyValue, asked("instance", "", gauge), PoisonIT::isError),
                poison("half of a surrogate pair", OLD, surrogate, asked("l", "\ud800", gauge), PoisonIT::isError),
                poison("half of a surrogate pair", NEW, surrogate, asked("l", "\ud800", gauge), PoisonIT::isError),
                poison(
                        "the metric's name as a label in disguise",
                        UTF8_NAMES,
                        new Raw("/U______name____/y", TEXT, bytes("x 1\n")),
                        asked("U______name____", "y", gauge),
                        PoisonIT::isError),
                poison(
                        "a gauge histogram",
                        OLD,
                        new Raw("", PROTOBUF, family("h", 5, field(7, new byte[] {0x08, 1}))),
                        new Asked("", Map.of(), histogram(true)),
                        PoisonIT::isCutOff),
                poison("a histogram's own label", OLD, le, asked("le", "1", histogram(false)), shows("le=.*le=")),
                poison("a histogram's own label", NEW, le, asked("le", "1", histogram(false)), shows("le=.*le=")),
                poison(
                        "a summary's own label",
                        UNCHECKED,
                        quantile,
                        asked("quantile", "1", summary()),
                        PoisonIT::isError),
                poison(
                        "a name that no text can hold",
                        OLD,
                        new Raw("", PROTOBUF, family("a-b", 1, field(2, oneAsDouble()))),
                        new Asked("", Map.of(), gauge("a-b")),
                        shows("(?m)^a-b\\{")));
    }

    @AfterAll
    static void stop() {
        GATEWAYS.values().forEach(Pushgateway::close);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poisons")
    void whatPoisonsAGatewayIsRefused(
            String name, PushgatewaySetup setup, Raw raw, Asked asked, Predicate<HttpResponse<String>> poisoned)
            throws Exception {
        Pushgateway gateway = gateway(setup);
        put(gateway, new Raw("", TEXT, bytes("other 1\n")));

        assertThatThrownBy(() -> template.sendBodyAndHeader(
                        "pushgateway:poison?operation=push&url=" + gateway.url() + asked.options(),
                        asked.body(),
                        PushgatewayConstants.GROUPING_KEY,
                        asked.groupingKey()))
                .isInstanceOf(CamelExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PushgatewayException.class,
                        refused -> assertThat(refused.getAttempts()).isZero());
        assertThat(isWhole(scrape(gateway))).isTrue();

        // what a gateway answers to it is no help: it may say 400, and be poisoned none the less
        put(gateway, raw);
        assertThat(poisoned.test(scrape(gateway))).isTrue();

        delete(gateway, raw);
        await().until(() -> isWhole(scrape(gateway)));
    }

    private static Pushgateway gateway(PushgatewaySetup setup) {
        return GATEWAYS.computeIfAbsent(setup, wanted -> {
            try {
                return Pushgateway.start(wanted);
            } catch (IllegalStateException e) {
                return abort("no gateway of this version can be had here: " + e.getMessage());
            }
        });
    }

    private static void put(Pushgateway gateway, Raw raw) throws Exception {
        HTTP.send(
                request(gateway, raw)
                        .header("Content-Type", raw.contentType())
                        .PUT(BodyPublishers.ofByteArray(raw.body()))
                        .build(),
                BodyHandlers.discarding());
    }

    private static void delete(Pushgateway gateway, Raw raw) throws Exception {
        HTTP.send(request(gateway, raw).DELETE().build(), BodyHandlers.discarding());
    }

    private static HttpRequest.Builder request(Pushgateway gateway, Raw raw) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics/job/poison" + raw.groupPath()));
    }

    private static HttpResponse<String> scrape(Pushgateway gateway) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics")).build(), BodyHandlers.ofString());
    }

    private static boolean isError(HttpResponse<String> scrape) {
        return scrape.statusCode() == 500;
    }

    /** What a gateway says of itself comes before what was pushed, and what comes last is its own as well. */
    private static boolean isCutOff(HttpResponse<String> scrape) {
        return !isWhole(scrape);
    }

    private static boolean isWhole(HttpResponse<String> scrape) {
        return scrape.statusCode() == 200 && scrape.body().contains("\npushgateway_http_requests_total");
    }

    private static Predicate<HttpResponse<String>> shows(String pattern) {
        return scrape -> Pattern.compile(pattern).matcher(scrape.body()).find();
    }

    private static Arguments poison(
            String name, PushgatewaySetup setup, Raw raw, Asked asked, Predicate<HttpResponse<String>> poisoned) {
        return Arguments.of(name + ", " + setup.version(), setup, raw, asked, poisoned);
    }

    private static Asked asked(String label, String value, Object body) {
        return new Asked("", Map.of(label, value), body);
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
     * One family with one metric in the delimited format.
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
