package io.github.camelpushgateway.api;

import java.util.Map;

/**
 * An answer to one attempt.
 *
 * @param statusCode its HTTP status
 * @param headers its headers; the case of their names does not matter
 * @param body its text; of a response of a gateway, the first 16 KiB at most
 */
public record GatewayResponse(int statusCode, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public GatewayResponse {
        headers = HeaderMaps.copy(headers);
    }

    /** Returns the beginning of the body on one line, at most 1,000 characters, with hidden characters escaped. */
    public String excerpt() {
        return ResponseText.of(body);
    }

    /** Returns an answer without headers and body, such as one of a handler that has carried out a request itself. */
    public static GatewayResponse of(int statusCode) {
        return new GatewayResponse(statusCode, Map.of(), "");
    }

    /** Returns the place that the answer points to, without what may be a secret in it, or empty. */
    public String location() {
        return ResponseText.ofLocation(headers.getOrDefault("Location", ""));
    }

    @Override
    public String toString() {
        return statusCode + " " + excerpt();
    }
}
