package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.Gateways;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes immutable settings of the options that say how to reach gateways. */
final class SettingsBinding {

    /** A capital letter within a name that has no dash. */
    private static final Pattern LOST_DASHES = Pattern.compile("[A-Za-z0-9]+[A-Z][A-Za-z0-9]*");

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
                options.isCoalesce(),
                options.getMaxPending());
    }

    private static List<PushgatewayHandler> handlers(GatewayConfiguration options) {
        List<HeaderHandler> headers = new ArrayList<>();
        options.getHttpHeader().forEach((name, value) -> {
            String text = String.valueOf(value);
            if (!text.isBlank()) {
                checkDashes(name);
                headers.add(new HeaderHandler(name, text));
            }
        });
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
        String username = unlessBlank(options.getUsername());
        String password = unlessBlank(options.getPassword());
        String token = unlessBlank(options.getBearerToken());
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

    private static @Nullable String unlessBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The case of a header's name has no meaning, so a name without dashes can always be written in lower case. */
    private static void checkDashes(String name) {
        if (LOST_DASHES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "httpHeader." + name + " may have lost its dashes: Camel turns X-Key into"
                            + " XKey in the parameters of YAML and in properties; write httpHeader: \"X-Key=value\" in YAML and"
                            + " httpHeader[X-Key] in properties, or " + name.toLowerCase(Locale.ROOT)
                            + " if the name has no dash");
        }
    }
}
