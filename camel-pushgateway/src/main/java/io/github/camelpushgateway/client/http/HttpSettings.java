package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * How requests to one gateway are carried out.
 *
 * @param url of the gateway
 * @param connectTimeout how long to wait for a connection
 * @param requestTimeout how long one attempt may take as a whole, connecting included
 * @param tls creates TLS connections, or null for the JVM's default
 * @param handlers what each attempt passes through, in this order
 * @param maxRetries how often a request is sent again at most; 0 for never
 * @param retryDelay how long to wait before the first retry
 */
public record HttpSettings(
        GatewayUrl url,
        Duration connectTimeout,
        Duration requestTimeout,
        @Nullable SSLSocketFactory tls,
        List<PushgatewayHandler> handlers,
        int maxRetries,
        Duration retryDelay) {}
