package io.github.camelpushgateway.api;

import java.util.Map;

/**
 * A response to an attempt.
 *
 * @param statusCode the HTTP status
 * @param headers the headers; their names are case-insensitive
 * @param body the text of the body; at most the first 16 KiB of the response of a gateway
 */
public record GatewayResponse(int statusCode, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public GatewayResponse {
        headers = HeaderMaps.copy(headers);
    }

    /** Returns the HTTP headers, an unmodifiable map with case-insensitive names. */
    @Override
    public Map<String, String> headers() {
        return HeaderMaps.view(headers);
    }

    /** Returns the beginning of the body on one line, at most 1,000 characters, with invisible characters escaped. */
    public String excerpt() {
        return ResponseText.of(body);
    }

    /** Returns a response without headers and body, such as that of a handler that executes the request itself. */
    public static GatewayResponse of(int statusCode) {
        return new GatewayResponse(statusCode, Map.of(), "");
    }

    /** Returns the header {@code Location} without parts that may contain a secret, or an empty string. */
    public String location() {
        return ResponseText.ofLocation(headers().getOrDefault("Location", ""));
    }

    @Override
    public String toString() {
        return statusCode + " " + excerpt();
    }
}
