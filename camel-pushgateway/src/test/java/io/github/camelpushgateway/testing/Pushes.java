package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Requests and settings for tests. */
public final class Pushes {

    public static final GroupingKey KEY = GroupingKey.of("batch A", Map.of("region", "eu"));

    private Pushes() {}

    public static PushRequest push(String metric, double value) {
        return new PushRequest(PushOperation.PUSH, KEY, gauge(metric, value));
    }

    public static PushRequest pushadd(String metric, double value) {
        return new PushRequest(PushOperation.PUSHADD, KEY, gauge(metric, value));
    }

    public static MetricSnapshots gauge(String name, double value) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric(name, MetricType.GAUGE, null, value);
        return metrics.build();
    }

    /** Sends a push, and counts it. */
    public static CompletionStage<PushResponse> send(
            PushgatewayClient client, PushRequest request, PushStatistics statistics) {
        return statistics.end(client.send(request, statistics.begin(false)));
    }

    /** Without retries. */
    public static ClientSettings settings(String url, PushgatewayHandler... handlers) {
        return settings(url, Duration.ofSeconds(30), 0, handlers);
    }

    /** Without retries. */
    public static ClientSettings settings(String url, Format format, Compression compression) {
        return settings(url, Duration.ofSeconds(30), 0, format, compression, true);
    }

    public static ClientSettings settings(
            String url, Duration requestTimeout, int maxRetries, PushgatewayHandler... handlers) {
        return settings(url, requestTimeout, maxRetries, Format.TEXT, Compression.NONE, true, handlers);
    }

    public static ClientSettings settings(String url, boolean coalesce, PushgatewayHandler... handlers) {
        return settings(url, Duration.ofSeconds(30), 0, Format.TEXT, Compression.NONE, coalesce, handlers);
    }

    public static ClientSettings settings(
            String url, Duration requestTimeout, int maxRetries, boolean coalesce, PushgatewayHandler... handlers) {
        return settings(url, requestTimeout, maxRetries, Format.TEXT, Compression.NONE, coalesce, handlers);
    }

    private static ClientSettings settings(
            String url,
            Duration requestTimeout,
            int maxRetries,
            Format format,
            Compression compression,
            boolean coalesce,
            PushgatewayHandler... handlers) {
        return new ClientSettings(
                GatewayUrl.parse(url),
                Duration.ofSeconds(10),
                requestTimeout,
                null,
                List.of(handlers),
                format,
                compression,
                maxRetries,
                Duration.ofMillis(20),
                coalesce,
                10_000,
                ClientSettings.DEFAULT_ACCUMULATE_REFRESH,
                false);
    }

    public static ClientSettings withMaxPending(ClientSettings settings, int maxPending) {
        return copy(
                settings,
                settings.tls(),
                settings.retryDelay(),
                maxPending,
                settings.accumulateRefresh(),
                settings.utf8Names());
    }

    public static ClientSettings withAccumulateRefresh(ClientSettings settings, Duration accumulateRefresh) {
        return copy(
                settings,
                settings.tls(),
                settings.retryDelay(),
                settings.maxPending(),
                accumulateRefresh,
                settings.utf8Names());
    }

    public static ClientSettings withRetryDelay(ClientSettings settings, Duration retryDelay) {
        return copy(
                settings,
                settings.tls(),
                retryDelay,
                settings.maxPending(),
                settings.accumulateRefresh(),
                settings.utf8Names());
    }

    /** Returns settings with which escaped names are sent as UTF-8. */
    public static ClientSettings withUtf8Names(ClientSettings settings) {
        return copy(
                settings,
                settings.tls(),
                settings.retryDelay(),
                settings.maxPending(),
                settings.accumulateRefresh(),
                true);
    }

    static ClientSettings withTls(ClientSettings settings, SSLSocketFactory tls) {
        return copy(
                settings,
                tls,
                settings.retryDelay(),
                settings.maxPending(),
                settings.accumulateRefresh(),
                settings.utf8Names());
    }

    private static ClientSettings copy(
            ClientSettings settings,
            @Nullable SSLSocketFactory tls,
            Duration retryDelay,
            int maxPending,
            Duration accumulateRefresh,
            boolean utf8Names) {
        return new ClientSettings(
                settings.url(),
                settings.connectTimeout(),
                settings.requestTimeout(),
                tls,
                settings.handlers(),
                settings.format(),
                settings.compression(),
                settings.maxRetries(),
                retryDelay,
                settings.coalesce(),
                maxPending,
                accumulateRefresh,
                utf8Names);
    }
}
