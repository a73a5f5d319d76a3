package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The settings of HTTP requests to one gateway.
 *
 * @param url the URL of the gateway
 * @param connectTimeout the maximum time to connect
 * @param requestTimeout the maximum time of one attempt, connecting included
 * @param tls creates TLS connections, or null for the JVM's default
 * @param handlers the handlers that each attempt passes through, in this order
 * @param maxRetries the maximum number of retries of a request; 0 for none
 * @param retryDelay the delay before the first retry
 */
public record HttpSettings(
        GatewayUrl url,
        Duration connectTimeout,
        Duration requestTimeout,
        @Nullable SSLSocketFactory tls,
        List<PushgatewayHandler> handlers,
        int maxRetries,
        Duration retryDelay) {}
