package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.metrics.Escaping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Factory of client settings from the gateway options. */
final class SettingsBinding {

    /** Matches a name with a capital letter after the first character and without a dash. */
    private static final String MAY_HAVE_LOST_DASHES = "[A-Za-z0-9]+[A-Z][A-Za-z0-9]*";

    private SettingsBinding() {}

    /**
     * Returns the settings of each gateway that the options describe.
     *
     * @throws IllegalArgumentException if an option is invalid; the message contains no secret
     */
    static List<ClientSettings> gateways(GatewayConfiguration options, @Nullable SSLSocketFactory tls) {
        List<PushgatewayHandler> handlers = handlers(options);
        List<ClientSettings> gateways = new ArrayList<>();
        for (GatewayUrl url : GatewayUrl.parseAll(options.getUrl())) {
            gateways.add(settings(url, options, tls, handlers));
        }
        return gateways;
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
                options.getMaxPending(),
                Duration.ofMillis(options.getAccumulateRefresh()),
                options.escaping() != null && options.escaping() == Escaping.UTF8);
    }

    private static List<PushgatewayHandler> handlers(GatewayConfiguration options) {
        List<HeaderHandler> headers = new ArrayList<>();
        for (Map.Entry<String, Object> header : options.getHttpHeader().entrySet()) {
            String text = String.valueOf(header.getValue());
            if (!text.isBlank()) {
                validateDashes(header.getKey());
                headers.add(new HeaderHandler(header.getKey(), text));
            }
        }
        HeaderHandler credentials = credentials(options);
        if (credentials != null) {
            if (headers.stream().anyMatch(HeaderHandler::isAuthorization)) {
                throw new IllegalArgumentException("both credentials and httpHeader.Authorization are set;"
                        + " a request has only one Authorization header, so remove one of them");
            }
            headers.add(credentials);
        }
        HeaderHandler proxyCredentials = proxyCredentials(options);
        if (proxyCredentials != null) {
            if (headers.stream().anyMatch(HeaderHandler::isProxyAuthorization)) {
                throw new IllegalArgumentException("both proxyUsername and httpHeader.Proxy-Authorization are set;"
                        + " a proxy receives only one Proxy-Authorization header, so remove one of them");
            }
            headers.add(proxyCredentials);
        }
        List<PushgatewayHandler> handlers = new ArrayList<>(headers);
        PushgatewayHandler custom = options.getHandler();
        if (custom != null) {
            handlers.add(custom);
        }
        return handlers;
    }

    private static @Nullable HeaderHandler credentials(GatewayConfiguration options) {
        String username = nullIfBlank(options.getUsername());
        String password = nullIfBlank(options.getPassword());
        String token = nullIfBlank(options.getBearerToken());
        validateBoth("username", username, "password", password);
        if (username != null && password != null) {
            if (token != null) {
                throw new IllegalArgumentException(
                        "both username and bearerToken are set; a request has only one of them, so remove one");
            }
            return HeaderHandler.basic(username, password);
        }
        return token == null ? null : HeaderHandler.bearer(token);
    }

    private static @Nullable HeaderHandler proxyCredentials(GatewayConfiguration options) {
        String username = nullIfBlank(options.getProxyUsername());
        String password = nullIfBlank(options.getProxyPassword());
        validateBoth("proxyUsername", username, "proxyPassword", password);
        return username == null || password == null ? null : HeaderHandler.proxyBasic(username, password);
    }

    private static void validateBoth(
            String usernameOption, @Nullable String username, String passwordOption, @Nullable String password) {
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException((username == null ? passwordOption : usernameOption) + " is set, but "
                    + (username == null ? usernameOption : passwordOption)
                    + " is not; basic authentication requires both");
        }
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /**
     * Rejects a header name that may have lost its dashes. Header names are case-insensitive, so a name without
     * dashes can always be written in lower case.
     */
    private static void validateDashes(String name) {
        if (name.matches(MAY_HAVE_LOST_DASHES)) {
            throw new IllegalArgumentException(
                    "httpHeader." + name + " may have lost its dashes: Camel turns X-Key into"
                            + " XKey in the parameters of YAML and in properties; write httpHeader: \"X-Key=value\" in YAML and"
                            + " httpHeader[X-Key] in properties, or " + name.toLowerCase(Locale.ROOT)
                            + " if the name has no dash");
        }
    }
}
