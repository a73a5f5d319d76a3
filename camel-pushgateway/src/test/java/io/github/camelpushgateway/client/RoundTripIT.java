package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.AnySnapshots;
import io.github.camelpushgateway.testing.ExposedFamily;
import io.github.camelpushgateway.testing.ExposedProtobuf;
import io.github.camelpushgateway.testing.ExposedText;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** A real gateway exposes exactly the pushed metrics, in each format and compression. */
public class RoundTripIT {

    public static final GroupingKey KEY = GroupingKey.of("round trip");

    private static final VersionedGateways GATEWAYS = new VersionedGateways();
    private static final Map<ClientSettings, PushgatewayClient> CLIENTS = new HashMap<>();

    @AfterContainer
    static void stop() {
        CLIENTS.values().forEach(PushgatewayClient::close);
        CLIENTS.clear();
        GATEWAYS.close();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(NeedsNew.class)
    void gatewayExposesPushedMetrics(
            @ForAll(supplier = AnySnapshots.class) MetricSnapshots snapshots,
            @ForAll Format format,
            @ForAll Compression compression)
            throws IOException {
        assertExposed(VersionedGateways.NEW, snapshots, format, compression);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(NeedsOld.class)
    void oldGatewayExposesPushedMetrics(
            @ForAll(supplier = AnySnapshots.class) MetricSnapshots snapshots,
            @ForAll Format format,
            @ForAll boolean compressed)
            throws IOException {
        assertExposed(VersionedGateways.OLD, snapshots, format, compressed ? Compression.GZIP : Compression.NONE);
    }

    private static void assertExposed(String version, MetricSnapshots snapshots, Format format, Compression compression)
            throws IOException {
        Pushgateway gateway = GATEWAYS.find(version).orElseThrow();
        MetricSnapshots pushed = format == Format.TEXT ? withoutNativeOnly(snapshots) : snapshots;
        CLIENTS.computeIfAbsent(Pushes.settings(gateway.url(), format, compression), PushgatewayClient::new)
                .send(new PushRequest(PushOperation.PUSH, KEY, pushed))
                .toCompletableFuture()
                .join();

        Map<String, ExposedFamily> expected =
                format == Format.TEXT ? exposedFromText(pushed) : ExposedFamily.of(pushed, KEY.job());
        assertThat(ExposedText.read(gateway.metrics(), KEY.job())).isEqualTo(expected);
        if (format == Format.PROTOBUF) {
            byte[] sent = new PayloadEncoder(Format.PROTOBUF, Compression.NONE)
                    .encode(pushed)
                    .bytes();
            assertThat(ExposedProtobuf.scrape(gateway.url(), KEY.job())).isEqualTo(ExposedProtobuf.of(sent, KEY.job()));
        }
    }

    /** Returns the expected exposition of a push in the text format, whose parsers skip blanks before the help. */
    public static Map<String, ExposedFamily> exposedFromText(MetricSnapshots snapshots) {
        Map<String, ExposedFamily> shown = ExposedFamily.of(snapshots, KEY.job());
        shown.replaceAll((name, family) ->
                new ExposedFamily(family.type(), family.help().replaceFirst("^[ \t]+", ""), family.series()));
        return shown;
    }

    /**
     * Removes histograms with only native buckets, which are rejected because the text format does not support them.
     */
    public static MetricSnapshots withoutNativeOnly(MetricSnapshots snapshots) {
        return new MetricSnapshots(snapshots.stream()
                .filter(family -> !(family instanceof HistogramSnapshot histogram)
                        || histogram.getDataPoints().stream()
                                .allMatch(HistogramDataPointSnapshot::hasClassicHistogramData))
                .toList());
    }

    private static SkipExecutionHook.SkipResult skipUnlessThereIs(String version) {
        return GATEWAYS.find(version).isPresent()
                ? SkipExecutionHook.SkipResult.doNotSkip()
                : SkipExecutionHook.SkipResult.skip("no Pushgateway " + version + " is available");
    }

    static final class NeedsNew implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return skipUnlessThereIs(VersionedGateways.NEW);
        }
    }

    static final class NeedsOld implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return skipUnlessThereIs(VersionedGateways.OLD);
        }
    }
}
