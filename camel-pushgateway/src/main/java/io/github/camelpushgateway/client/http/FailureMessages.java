package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ProxyException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The exceptions for failed requests. Their messages state the problem and the remedy. */
public final class FailureMessages {

    private static final String UTF8_NAMES =
            "; if it does not allow UTF-8 names, start Pushgateway 1.11 or newer with --push.enable-utf8-names, or set"
                    + " escaping=values";

    /**
     * The alerts with which a server closes a connection if the client certificate is missing or not accepted (RFC
     * 8446, 6.2).
     */
    private static final Pattern CLIENT_CERTIFICATE = Pattern.compile(
            "alert: (bad_certificate|certificate_required|unsupported_certificate|certificate_revoked|certificate_expired"
                    + "|certificate_unknown|unknown_ca|access_denied)");

    private FailureMessages() {}

    /** Returns the exception for a request without a complete response. */
    public static PushgatewayException withoutResponse(RequestDescription request, int attempts, IOException cause) {
        return exception(request, attempts, reasonOf(request.url(), cause), 0, "", cause);
    }

    /** Returns the exception for a request that failed after it was sent, for any reason. */
    static PushgatewayException afterSending(RequestDescription request, int attempts, Throwable failure) {
        return withoutResponse(request, attempts, new FailedAfterSendingException(failure));
    }

    /** Returns the exception for a response that is not a success. */
    public static PushgatewayException refused(RequestDescription request, int attempts, GatewayResponse response) {
        return exception(
                request, attempts, reasonOf(request, response), response.statusCode(), response.excerpt(), null);
    }

    /**
     * Returns the exception for a request to delete groups whose response is a success, but not that of a Pushgateway.
     * Some receivers respond to any request with a success, and delete nothing.
     */
    static PushgatewayException notDeleted(RequestDescription request, int attempts, GatewayResponse response) {
        return exception(
                request,
                attempts,
                "it responded with " + response.statusCode() + ", but a Pushgateway responds with 202, so the server is"
                        + " another receiver and probably has deleted nothing; delete the series with the API of that"
                        + " server, or set the option url to a Pushgateway",
                response.statusCode(),
                response.excerpt(),
                null);
    }

    /**
     * Returns the exception for a request that was not sent, because an earlier request for it failed.
     *
     * @param beginning the beginning of the reason, before the reason of the earlier failure
     */
    public static PushgatewayException notSent(
            RequestDescription request, String beginning, PushgatewayException failure) {
        return PushgatewayException.of(
                request.operation(),
                request.group(),
                request.target(),
                ' ' + beginning + failure.reason(),
                0,
                failure.getStatusCode(),
                failure.getResponseBody(),
                failure.getCause());
    }

    /**
     * Returns the exception for a request of which it is unknown whether the gateway has added its values.
     *
     * @param readFailure the failure of the read that checks this, or null if the group has other values
     */
    public static PushgatewayException unknown(
            RequestDescription request, PushgatewayException failure, @Nullable PushgatewayException readFailure) {
        PushgatewayException unknown = PushgatewayException.of(
                request.operation(),
                request.group(),
                request.target(),
                ' ' + failure.reason() + "; it is unknown whether its values were added, because "
                        + (readFailure == null
                                ? "the group has neither the old nor the new values; another client may write to it, so make sure"
                                        + " that only one JVM accumulates to a group"
                                : "the read of the group "
                                        + (readFailure.reason().equals(failure.reason())
                                                ? "failed as well"
                                                : readFailure.reason())),
                failure.getAttempts(),
                // not a status by which the gateway refuses one of several pushes
                failure.getStatusCode() < 500 ? 0 : failure.getStatusCode(),
                failure.getResponseBody(),
                failure.getCause() instanceof IllegalArgumentException ? null : failure.getCause());
        if (readFailure != null) {
            unknown.addSuppressed(readFailure);
        }
        return unknown;
    }

    /** Returns the exception for a request that was not sent, because the gateway does not allow UTF-8 names. */
    public static PushgatewayException withoutUtf8Names(RequestDescription request) {
        return PushgatewayException.of(
                request.operation(),
                request.group(),
                request.target(),
                " was not sent: the gateway does not allow UTF-8 names; start Pushgateway 1.11 or newer with"
                        + " --push.enable-utf8-names, or set escaping=values",
                0,
                0,
                "",
                null);
    }

    private static PushgatewayException exception(
            RequestDescription request,
            int attempts,
            String reason,
            int statusCode,
            String responseBody,
            @Nullable IOException cause) {
        String through = request.proxy() == null ? "" : " through the " + request.proxy();
        String attempted = attempts > 1 ? ", tried " + attempts + " times: " : ": ";
        return PushgatewayException.of(
                request.operation(),
                request.group(),
                request.target(),
                " failed" + through + attempted + reason,
                attempts,
                statusCode,
                responseBody,
                cause);
    }

    private static String reasonOf(GatewayUrl url, IOException failure) {
        String details = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "its host is unknown; check the option url";
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "it could not be reached (" + details + "); check that a gateway runs there, and the option url";
        }
        if (failure instanceof ClientClosedException
                || failure instanceof MalformedResponseException
                || failure instanceof ClockException
                || failure instanceof FailedAfterSendingException
                || failure instanceof ProxyException) {
            return details;
        }
        if (failure instanceof SocketTimeoutException
                && details.toLowerCase(Locale.ROOT).contains("connect timed out")) {
            return "it could not be reached within connectTimeout; check that a gateway runs there, and the option url";
        }
        if (failure instanceof SocketTimeoutException) {
            return details + "; the gateway may be overloaded or stopped, or the option requestTimeout too short";
        }
        if (failure instanceof SSLException
                && CLIENT_CERTIFICATE.matcher(details).find()) {
            return "the gateway refused the TLS connection (" + details
                    + "): the client certificate is missing or not accepted; check the options certFile and keyFile, or"
                    + " sslContextParameters";
        }
        if (failure instanceof SSLException) {
            return "TLS failed (" + details
                    + "); check that the gateway supports TLS and that its certificate is trusted";
        }
        if (failure.getCause() instanceof LinkageError) {
            return "a class could not be loaded (" + details
                    + "); add its library to the class path, in the version that camel-pushgateway depends on or a newer one";
        }
        if (url.scheme().equals("https")) {
            return "the TLS connection broke (" + details
                    + "); if the gateway requires a client certificate, set it with the options certFile and keyFile, or"
                    + " sslContextParameters;"
                    + " otherwise check that a gateway listens there";
        }
        return "the connection broke or the response is not HTTP (" + details + "); check that a gateway listens there";
    }

    private static String reasonOf(RequestDescription request, GatewayResponse response) {
        String prefix = "it responded with " + response.statusCode();
        String text = response.excerpt();
        String excerpt = text.isEmpty() ? "" : ": \"" + text + '"';
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            return prefix
                    + (response.location().isEmpty() ? " and no location" : " and the location " + response.location())
                    + "; redirects are not followed, so set the option url to the final address";
        }
        if (status == 400 && response.body().contains("HTTP request to an HTTPS server")) {
            return prefix + excerpt + "; the gateway uses TLS, so write https in the option url";
        }
        if (status == 400 && response.body().contains("unsupported path requested")) {
            return prefix + excerpt + "; the server is VictoriaMetrics or vmagent, which receives pushes at the path"
                    + " /api/v1/import/prometheus, so add this path to the option url";
        }
        if (status == 400 && request.utf8Names()) {
            return prefix + excerpt + UTF8_NAMES + adviceFor(status);
        }
        if (status == 404 || status == 405) {
            return prefix + excerpt + adviceForMissingApi(request.operation());
        }
        // some proxies respond with 401 to wrong credentials for the proxy
        boolean mayBeProxy = request.proxy() != null && (status == 401 || status == 403);
        return prefix
                + excerpt
                + adviceFor(status)
                + (mayBeProxy ? ", and proxyUsername and proxyPassword if the proxy has responded" : "");
    }

    private static String adviceForMissingApi(String operation) {
        return switch (operation) {
            case RequestDescription.WIPE ->
                "; its admin API is disabled, so start the gateway with --web.enable-admin-api, or check the option"
                        + " url and its path prefix";
            case "groups", "status" ->
                "; it has no query API, which only a Pushgateway from 1.2 on has, so check the option url and its path"
                        + " prefix";
            default -> "; there is no push API at this URL, so check the option url and its path prefix";
        };
    }

    private static String adviceFor(int status) {
        return switch (status) {
            case 400 ->
                "; the gateway refused the whole push: correct it, and if another group has a metric of this name"
                        + " with a different type, rename the metric or send it with the same type";
            case 401, 403 ->
                "; the credentials are missing or not accepted: check the options username and password, or"
                        + " bearerToken";
            case 407 ->
                "; it requires the credentials of a proxy, but it is not the HTTP proxy of the JVM: check the option url,"
                        + " and the system properties http.proxyHost and https.proxyHost";
            case 413, 431 -> "; the request is too large for it, so push less at once or use shorter grouping values";
            case 429, 503 -> "; it is overloaded or not ready, so try again later";
            default -> status >= 500 ? "; see the log of the gateway, or of the proxy in front of it" : "";
        };
    }
}
