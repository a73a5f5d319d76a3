package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.client.http.HttpSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to know of its gateway. Clients with equal settings can stand for each other.
 *
 * @param url where the gateway is
 * @param connectTimeout how long to wait for a connection; positive
 * @param requestTimeout how long one attempt may take as a whole, connecting included; positive
 * @param tls what makes TLS connections, or null for the JVM's default
 * @param handlers what each attempt passes on its way out, in this order
 * @param format in which format metrics are sent
 * @param compression how the body of a push is compressed
 * @param maxRetries how often a request is sent again at most; 0 for never
 * @param retryDelay how long to wait before the first retry; not negative. Doubled for each further one, up to 30 s
 * @param coalesce whether requests that wait for the same group are sent as one
 * @param maxPending how many requests may have no outcome yet at a time; at least 1
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
        int maxPending) {

    /** Sockets count their timeouts in milliseconds as an {@code int}, about 24 days. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private static final int MOST_RETRIES = 1_000;

    /**
     * @throws IllegalArgumentException if a duration or a number is out of its bounds, or if the library that the format
     *     or the compression needs is not there
     */
    public ClientSettings {
        check("connectTimeout", connectTimeout, 1);
        check("requestTimeout", requestTimeout, 1);
        check("retryDelay", retryDelay, 0);
        if (maxRetries < 0 || maxRetries > MOST_RETRIES) {
            throw new IllegalArgumentException(
                    "maxRetries is " + maxRetries + "; give a number between 0 and " + MOST_RETRIES);
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("maxPending is " + maxPending + "; give a number of at least 1");
        }
        PayloadEncoder.checkAvailable(format, compression);
        handlers = List.copyOf(handlers);
    }

    /** Returns those settings that say how a request is carried out. */
    HttpSettings http() {
        return new HttpSettings(url, connectTimeout, requestTimeout, tls, handlers, maxRetries, retryDelay);
    }

    private static void check(String option, Duration duration, long leastMillis) {
        if (duration.toMillis() < leastMillis || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " is " + duration.toMillis() + " ms; give a duration between "
                    + leastMillis + " ms and 24 days, such as 10s");
        }
    }

    /** Not a record's own, which is built of method handles: that takes long in a new JVM. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ClientSettings that && components().equals(that.components()));
    }

    @Override
    public int hashCode() {
        // computed at each push; settings for one gateway differ in their credentials, if in anything
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
                maxPending);
    }

    /** Shows nothing that may be a secret: what a custom handler says of itself is not known. */
    @Override
    public String toString() {
        return "ClientSettings[" + url + ", connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + ", handlers=" + handlers.size() + ", format=" + format + ", compression=" + compression
                + ", maxRetries=" + maxRetries + ", retryDelay=" + retryDelay + ", coalesce="
                + coalesce + ", maxPending=" + maxPending + "]";
    }
}
