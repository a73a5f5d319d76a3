package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderMaps;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.client.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client for one gateway. Clients with equal settings are interchangeable.
 *
 * @param url the URL of the gateway
 * @param connectTimeout the maximum time to connect; positive
 * @param requestTimeout the maximum time of one attempt, including the time to connect; positive
 * @param tls creates TLS connections, or null for the JVM's default
 * @param handlers the handlers that each attempt passes through, in this order
 * @param format the format of the metrics
 * @param compression the compression of the body of a push
 * @param maxRetries the maximum number of retries of a request; 0 for none
 * @param retryDelay the delay before the first retry; not negative. The delay doubles for each further retry, up to 30 s
 * @param coalesce whether pending requests to the same group are sent as one request
 * @param maxPending the maximum number of pending requests; at least 1
 * @param accumulateRefresh the time after which a group is read again before a request adds to its metrics; zero for a
 *     read before each request
 * @param utf8Names whether names are sent as UTF-8. In requests, they are escaped with the scheme {@code values}
 */
public record ClientSettings(
        GatewayUrl url,
        Duration connectTimeout,
        Duration requestTimeout,
        @Nullable SSLSocketFactory tls,
        List<PushgatewayHandler> handlers,
        Format format,
        Compression compression,
        int maxRetries,
        Duration retryDelay,
        boolean coalesce,
        int maxPending,
        Duration accumulateRefresh,
        boolean utf8Names) {

    /** The default of {@code accumulateRefresh}. */
    public static final Duration DEFAULT_ACCUMULATE_REFRESH = Duration.ofMinutes(5);

    /** The maximum timeout, about 24 days: a socket stores its timeout in milliseconds as an {@code int}. */
    private static final Duration MAX_DURATION = Duration.ofMillis(Integer.MAX_VALUE);

    private static final int MAX_RETRIES = 1_000;

    /** The headers of each request. */
    static final Map<String, String> HEADERS =
            HeaderMaps.copy(Map.of("Accept", "*/*", "User-Agent", "camel-pushgateway"));

    /**
     * Validates the settings and copies the handlers.
     *
     * @throws IllegalArgumentException if a duration or a number is out of its bounds, or if the library for the format
     *     or the compression is missing
     */
    public ClientSettings {
        validate("connectTimeout", connectTimeout, 1);
        validate("requestTimeout", requestTimeout, 1);
        validate("retryDelay", retryDelay, 0);
        validate("accumulateRefresh", accumulateRefresh, 0);
        if (maxRetries < 0 || maxRetries > MAX_RETRIES) {
            throw new IllegalArgumentException(
                    "maxRetries is " + maxRetries + "; set a number between 0 and " + MAX_RETRIES);
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending is " + maxPending + "; set a number of at least 1");
        }
        PayloadEncoder.checkAvailable(format, compression, utf8Names);
        handlers = List.copyOf(handlers);
    }

    /** Returns the settings of HTTP requests. */
    HttpSettings http() {
        return new HttpSettings(url, connectTimeout, requestTimeout, tls, handlers, maxRetries, retryDelay);
    }

    /** Returns a request without a body. */
    GatewayRequest request(String method, URI requestUrl) {
        return GatewayRequest.of(requestUrl, method, requestTimeout, HEADERS);
    }

    /**
     * Returns what a client sends with each request besides the URL, and what may select another gateway behind the same
     * URL: credentials, headers, custom handlers and the client certificate. Requests with UTF-8 names have other names.
     */
    Object access() {
        return Arrays.asList(tls, handlers, utf8Names);
    }

    private static void validate(String option, Duration duration, long minMillis) {
        if (duration.toMillis() < minMillis || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(option + " is " + duration.toMillis() + " ms; set a duration between "
                    + minMillis + " ms and 24 days, such as 10s");
        }
    }

    /**
     * Compares all components. The generated method of a record uses method handles, which are slow in a JVM that has just started.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ClientSettings that && components().equals(that.components()));
    }

    @Override
    public int hashCode() {
        // computed for each push, so it hashes only what usually differs: the URL, and the credentials in the handlers
        return 31 * url.hashCode() + handlers.hashCode();
    }

    private List<@Nullable Object> components() {
        return Arrays.asList(
                url,
                connectTimeout,
                requestTimeout,
                tls,
                handlers,
                format,
                compression,
                maxRetries,
                retryDelay,
                coalesce,
                maxPending,
                accumulateRefresh,
                utf8Names);
    }

    /**
     * Returns the settings without secrets. The text contains only the number of handlers, because the text of a custom
     * handler may contain a secret.
     */
    @Override
    public String toString() {
        return "ClientSettings[" + url + ", connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + ", handlers=" + handlers.size() + ", format=" + format + ", compression=" + compression
                + ", maxRetries=" + maxRetries + ", retryDelay=" + retryDelay + ", coalesce="
                + coalesce + ", maxPending=" + maxPending + ", accumulateRefresh=" + accumulateRefresh + ", utf8Names="
                + utf8Names + "]";
    }
}
