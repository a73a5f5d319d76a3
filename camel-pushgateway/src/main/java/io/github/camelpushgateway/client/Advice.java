package io.github.camelpushgateway.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says what is wrong, and what to do about it, when a request has failed. */
final class Advice {

    private Advice() {}

    static String on(IOException failure) {
        String what = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "its host is not known; check the option url";
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "it could not be reached (" + what + "); check that a gateway runs there, and the option url";
        }
        if (failure instanceof ClientClosedException || failure instanceof UnreadableAnswerException) {
            return what;
        }
        if (failure instanceof SocketTimeoutException
                && what.toLowerCase(Locale.ROOT).contains("connect timed out")) {
            return "it could not be reached within connectTimeout; check that a gateway runs there, and the option url";
        }
        if (failure instanceof SocketTimeoutException) {
            return what + "; the gateway may be overloaded or stopped, or the option requestTimeout too short";
        }
        if (failure instanceof SSLException) {
            return "TLS failed (" + what + "); check that the gateway speaks TLS and that its certificate is trusted";
        }
        return "the connection broke or what came back is not HTTP (" + what
                + "); check that it is a gateway that listens there";
    }

    /** @param operation what was attempted */
    static String on(String operation, GatewayResponse response) {
        String answer = "it answered " + response.statusCode();
        String words = response.body().isEmpty() ? "" : " with \"" + response.body() + '"';
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            return answer + " and points to " + (response.location().isEmpty() ? "no place" : response.location())
                    + "; redirects are not followed, so give the final address as the option url";
        }
        if (status == 400 && response.body().contains("HTTP request to an HTTPS server")) {
            return answer + words + "; the gateway speaks TLS, so write https in the option url";
        }
        return answer + words + (status == 404 || status == 405 ? whatIsMissing(operation) : whatToDo(status));
    }

    private static String whatIsMissing(String operation) {
        return switch (operation) {
            case PushgatewayClient.WIPE ->
                "; its admin API is off, so start the gateway with --web.enable-admin-api, or check the option url and its path prefix";
            case "groups", "status" ->
                "; it has no API that tells what it holds, as Pushgateways have from 1.2 on, so check the option url and its path prefix";
            default -> "; nothing takes pushes there, so check the option url and its path prefix";
        };
    }

    private static String whatToDo(int status) {
        return switch (status) {
            case 400 ->
                "; the gateway took no metric of this push: mend it, and if another group has the name with another type, rename the metric or send it with the same type";
            case 401, 403 ->
                "; it wants credentials, or other ones: see the options username and password, and bearerToken";
            case 413, 431 -> "; the request is too large for it, so push less at once or use shorter grouping values";
            case 429, 503 -> "; it is overloaded or not ready, so try again later";
            default -> status >= 500 ? "; see the log of the gateway, or of the proxy before it" : "";
        };
    }
}
