package io.github.camelpushgateway;

import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.GatewayUrl;
import io.github.camelpushgateway.client.Gateways;
import io.github.camelpushgateway.client.HeaderHandler;
import io.github.camelpushgateway.client.PushgatewayHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes immutable settings of the options that say how to reach gateways. */
final class SettingsBinding {

    private SettingsBinding() {}

    /** @throws IllegalArgumentException if the options cannot be meant; no secret is in its message */
    static Gateways gateways(GatewayConfiguration options, @Nullable SSLSocketFactory tls) {
        List<PushgatewayHandler> handlers = handlers(options);
        return new Gateways(
                GatewayUrl.parseAll(options.getUrl()).stream()
                        .map(url -> settings(url, options, tls, handlers))
                        .toList(),
                options.getDistribution());
    }

    private static ClientSettings settings(
            GatewayUrl url,
            GatewayConfiguration options,
            @Nullable SSLSocketFactory tls,
            List<PushgatewayHandler> handlers) {
        return new ClientSettings(
                url,
                Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getRequestTimeout()),
                tls,
                handlers,
                options.getFormat(),
                options.getCompression(),
                options.getMaxRetries(),
                Duration.ofMillis(options.getRetryDelay()),
                options.isCoalesce());
    }

    private static List<PushgatewayHandler> handlers(GatewayConfiguration options) {
        List<HeaderHandler> headers = new ArrayList<>();
        options.getHttpHeader().forEach((name, value) -> headers.add(new HeaderHandler(name, String.valueOf(value))));
        HeaderHandler credentials = credentials(options);
        if (credentials != null) {
            if (headers.stream().anyMatch(HeaderHandler::isAuthorization)) {
                throw new IllegalArgumentException("there are credentials, and httpHeader.Authorization as well;"
                        + " a request carries one Authorization, so leave one of them out");
            }
            headers.add(credentials);
        }
        List<PushgatewayHandler> handlers = new ArrayList<>(headers);
        PushgatewayHandler custom = options.getHandler();
        if (custom != null) {
            handlers.add(custom);
        }
        return handlers;
    }

    private static @Nullable HeaderHandler credentials(GatewayConfiguration options) {
        String username = options.getUsername();
        String password = options.getPassword();
        String token = options.getBearerToken();
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    username == null
                            ? "there is a password, but no username; basic auth needs both"
                            : "there is a username, but no password; basic auth needs both");
        }
        if (username != null && password != null) {
            if (token != null) {
                throw new IllegalArgumentException(
                        "there are a username and a bearerToken; a request carries one of them, so leave the other out");
            }
            return HeaderHandler.basic(username, password);
        }
        return token == null ? null : HeaderHandler.bearer(token);
    }
}
