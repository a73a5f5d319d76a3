package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.NameCodec;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.AnyName;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** Gateways store exactly the names that each scheme defines. */
class EscapedNamesIT {

    private static final String JOB = "escaped names";
    private static final HttpClient SCRAPER = HttpClient.newHttpClient();
    private static final String UTF8_NAMES = "--push.enable-utf8-names";
    private static final String QUOTED = "\"(?:\\\\.|[^\"\\\\])*\"";

    private static final Pattern LABEL =
            Pattern.compile("(" + QUOTED + "|[a-zA-Z_][a-zA-Z0-9_]*)(=" + QUOTED + ")?(,|} )", Pattern.DOTALL);

    private static final Map<String, Optional<Pushgateway>> GATEWAYS = new HashMap<>();
    private static final Map<ClientSettings, PushgatewayClient> CLIENTS = new HashMap<>();

    @AfterContainer
    static void stop() {
        CLIENTS.values().forEach(PushgatewayClient::close);
        CLIENTS.clear();
        GATEWAYS.values().forEach(gateway -> gateway.ifPresent(Pushgateway::close));
        GATEWAYS.clear();
    }

    private static Optional<Pushgateway> find(String version, String... flags) {
        return GATEWAYS.computeIfAbsent(version + List.of(flags), wanted -> {
            try {
                PushgatewaySetup setup = PushgatewaySetup.plain().withVersion(version);
                for (String flag : flags) {
                    setup = setup.withFlag(flag);
                }
                return Optional.of(Pushgateway.start(setup));
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        });
    }

    private static Pushgateway gateway(String version, String... flags) {
        Optional<Pushgateway> gateway = find(version, flags);
        assumeTrue(gateway.isPresent(), "no Pushgateway " + version + " is available");
        return gateway.orElseThrow();
    }

    private static Pushgateway utf8Gateway() {
        return gateway(VersionedGateways.NEW, UTF8_NAMES);
    }

    private static PushgatewayClient client(
            Pushgateway gateway, Format format, Compression compression, boolean utf8Names) {
        ClientSettings settings = Pushes.settings(gateway.url(), format, compression);
        return CLIENTS.computeIfAbsent(utf8Names ? Pushes.withUtf8Names(settings) : settings, PushgatewayClient::new);
    }

    /** The request of a metric with two labels, of which one is in the grouping key, or null if the names are invalid. */
    private static @Nullable PushRequest request(Escaping escaping, String metric, String label, String grouping) {
        try {
            PushNames names = new PushNames(escaping);
            GroupingKey key = GroupingKey.of(JOB, names.key(Map.of(grouping, "g/1")));
            MetricsBuilder metrics = new MetricsBuilder(Map.of(label, "v"), names);
            metrics.metric(metric, MetricType.GAUGE, "help", 1);
            return new PushRequest(PushOperation.PUSH, key, metrics.build());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void utf8NamesAreStoredUnchanged(
            @ForAll(supplier = AnyName.class) String metric,
            @ForAll(supplier = AnyName.class) String label,
            @ForAll(supplier = AnyName.class) String grouping,
            @ForAll Format format,
            @ForAll Compression compression) {
        Optional<Pushgateway> gateway = find(VersionedGateways.NEW, UTF8_NAMES);
        PushRequest request = request(Escaping.UTF8, metric, label, grouping);
        if (gateway.isEmpty()
                || request == null
                || (format == Format.PROTOBUF && !isWrittenInProtobuf(metric, label))) {
            return;
        }
        assertStored(gateway.get(), client(gateway.get(), format, compression, true), request, metric, label, grouping);
    }

    /** Asserts what Prometheus requires of each scrape: legal names of labels, each once, and no U+0000 in a name. */
    private static void assertScrapable(Pushgateway gateway, String escaping) {
        String scrape;
        try {
            scrape = SCRAPER.send(
                            HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics"))
                                    .header("Accept", "text/plain;version=1.0.0;escaping=" + escaping)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        for (String line : scrape.split("\n", -1)) {
            int brace = line.indexOf('{');
            if (brace < 0 || line.startsWith("#")) {
                continue;
            }
            Matcher label = LABEL.matcher(line).region(brace + 1, line.length());
            Set<String> names = new HashSet<>();
            boolean isEnd = false;
            while (!isEnd) {
                assertThat(label.lookingAt()).as(line).isTrue();
                String name = label.group(1);
                assertThat(name).as(line).doesNotContain("\0");
                assertThat(label.group(2) == null || names.add(name)).as(line).isTrue();
                isEnd = label.group(3).startsWith("}");
                label.region(label.end(), line.length());
            }
        }
    }

    /** Returns whether client_java writes these names in protobuf as they are. */
    private static boolean isWrittenInProtobuf(String metric, String label) {
        return !metric.endsWith(".total") && PrometheusNaming.isValidLabelName(label);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void escapedNamesAreStoredByOldGateway(
            @ForAll(supplier = AnyName.class) String metric,
            @ForAll(supplier = AnyName.class) String label,
            @ForAll(supplier = AnyName.class) String grouping,
            @ForAll Escaping escaping,
            @ForAll Format format,
            @ForAll boolean compressed) {
        Optional<Pushgateway> gateway = find(VersionedGateways.OLD);
        Assume.that(escaping != Escaping.REJECT && escaping != Escaping.UTF8);
        PushRequest request = request(escaping, metric, label, grouping);
        if (gateway.isEmpty() || request == null) {
            return;
        }
        String stored = new PushNames(escaping).metric(metric);
        assertStored(
                gateway.get(),
                client(gateway.get(), format, compressed ? Compression.GZIP : Compression.NONE, false),
                request,
                stored,
                only(new PushNames(escaping).key(Map.of(label, ""))),
                only(new PushNames(escaping).key(Map.of(grouping, ""))));
        if (escaping == Escaping.VALUES) {
            assertThat(NameCodec.original(stored)).isEqualTo(metric);
        }
    }

    private static String only(Map<String, String> labels) {
        return labels.keySet().iterator().next();
    }

    private static void assertStored(
            Pushgateway gateway,
            PushgatewayClient client,
            PushRequest request,
            String metric,
            String label,
            String grouping) {
        client.send(request).toCompletableFuture().join();

        GatewayGroup stored = groups(client).stream()
                .filter(group -> group.labels().equals(Map.of("job", JOB, grouping, "g/1")))
                .findFirst()
                .orElseThrow();
        assertThat(stored.metrics()).extracting(GroupMetric::name).containsExactly(metric);
        assertThat(stored.metrics().get(0).samples().get(0).labels()).isEqualTo(Map.of(label, "v"));
        assertThat(stored.groupingKey()).hasSize(1);
        for (String escaping : List.of("underscores", "dots", "values", "allow-utf-8")) {
            assertScrapable(gateway, escaping);
        }
        // a bounded number of groups
        client.send(PushRequest.delete(request.groupingKey()))
                .toCompletableFuture()
                .join();
    }

    private static List<GatewayGroup> groups(PushgatewayClient client) {
        return client.groups(Optional::of).toCompletableFuture().join();
    }

    /** An old gateway accepts an invalid name in protobuf, and exposes it to every server that scrapes it. */
    @Example
    void utf8NamesInProtobufAreNotSentToAGatewayWithoutThem() {
        for (String version : List.of(VersionedGateways.OLD, VersionedGateways.NEW)) {
            Pushgateway gateway = gateway(version);
            PushNames names = new PushNames(Escaping.UTF8);
            MetricsBuilder metrics = new MetricsBuilder(Map.of(), names);
            metrics.metric("a.b", MetricType.GAUGE, null, 1);
            assertNotSent(
                    client(gateway, Format.PROTOBUF, Compression.NONE, true),
                    new PushRequest(PushOperation.PUSH, GroupingKey.of("utf8"), metrics.build()));
            assertThat(gateway.metrics()).doesNotContain("a.b", "\"utf8\"");
        }
    }

    /** A gateway without UTF-8 names would store the label of the path under its escaped name. */
    @Example
    void utf8NamesInThePathAreNotSentToAGatewayWithoutThem() {
        Pushgateway gateway = gateway(VersionedGateways.NEW);
        GroupingKey key = GroupingKey.of("utf8 path", new PushNames(Escaping.UTF8).key(Map.of("service.name", "x")));
        PushgatewayClient client = client(gateway, Format.TEXT, Compression.NONE, true);

        assertNotSent(client, new PushRequest(PushOperation.PUSHADD, key, Pushes.gauge("rows", 1)));
        assertNotSent(client, PushRequest.delete(key));
        assertThat(gateway.metrics()).doesNotContain("utf8 path");
    }

    private static void assertNotSent(PushgatewayClient client, PushRequest request) {
        assertThatThrownBy(() -> client.send(request).toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                    assertThat(failure.getAttempts()).isZero();
                    assertThat(failure.getMessage())
                            .contains("--push.enable-utf8-names")
                            .contains("escaping=values");
                });
    }

    @Example
    void refusalOfUtf8NamesSaysWhatToDo() {
        for (String version : List.of(VersionedGateways.OLD, VersionedGateways.NEW)) {
            Pushgateway gateway = gateway(version);
            PushRequest request = Objects.requireNonNull(request(Escaping.UTF8, "a.b", "c.d", "region"));
            PushgatewayClient client = client(gateway, Format.TEXT, Compression.NONE, true);

            assertThatThrownBy(() -> client.send(request).toCompletableFuture().join())
                    .cause()
                    .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                        assertThat(failure.getStatusCode()).isEqualTo(400);
                        assertThat(failure.getMessage())
                                .contains("--push.enable-utf8-names")
                                .contains("escaping=values");
                    });
        }
    }

    @Example
    void utf8NamesAreAccumulated() {
        Pushgateway gateway = utf8Gateway();
        PushNames names = new PushNames(Escaping.UTF8);
        GroupingKey key = GroupingKey.of("accumulate", names.key(Map.of("service.name", "shop")));
        for (Format format : Format.values()) {
            // each client reads the group first
            try (PushgatewayClient client = new PushgatewayClient(
                    Pushes.withUtf8Names(Pushes.settings(gateway.url(), format, Compression.NONE)))) {
                for (int i = 0; i < 2; i++) {
                    MetricsBuilder metrics =
                            new MetricsBuilder(Map.of("http.route", "/"), new PushNames(Escaping.UTF8));
                    metrics.metric("http.requests", MetricType.COUNTER, null, 3);
                    client.send(PushRequest.accumulate(key, metrics.build()))
                            .toCompletableFuture()
                            .join();
                }
            }
        }

        GatewayGroup group = groups(client(gateway, Format.TEXT, Compression.NONE, true)).stream()
                .filter(each -> each.job().equals("accumulate"))
                .findFirst()
                .orElseThrow();
        assertThat(group.labels()).containsEntry("service.name", "shop");
        assertThat(group.metrics()).hasSize(1);
        assertThat(group.metrics().get(0).name()).isEqualTo("http.requests_total");
        assertThat(group.metrics().get(0).samples().get(0).labels()).isEqualTo(Map.of("http.route", "/"));
        assertThat(group.metrics().get(0).samples().get(0).value()).isEqualTo(12);
    }
}
