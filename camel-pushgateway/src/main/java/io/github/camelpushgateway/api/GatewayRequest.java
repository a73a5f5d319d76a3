package io.github.camelpushgateway.api;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at an HTTP request, before it is sent. Its text shows neither headers nor body, since secrets are in them.
 *
 * @param url where to
 * @param method the HTTP method
 * @param timeout how long the attempt may take as a whole
 * @param headers the HTTP headers; the case of their names does not matter
 * @param body the bytes to send, compressed as {@code Content-Encoding} says, which must not be changed, or null to send none
 */
@SuppressWarnings("ArrayRecordComponent") // requests are not compared, and the bytes may be many
public record GatewayRequest(
        URI url, String method, Duration timeout, Map<String, String> headers, byte @Nullable [] body) {

    /** Copies the headers. */
    public GatewayRequest {
        headers = HeaderMaps.copy(headers);
    }

    public static GatewayRequest of(URI url, String method, Duration timeout, Map<String, String> headers) {
        return new GatewayRequest(url, method, timeout, headers, null);
    }

    /** Returns this request with that header, instead of one of the same name. */
    public GatewayRequest withHeader(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new GatewayRequest(url, method, timeout, more, body);
    }

    /** Returns this request to another place. */
    public GatewayRequest withUrl(URI other) {
        return new GatewayRequest(other, method, timeout, headers, body);
    }

    /** Returns this request with another body; {@code Content-Type} and {@code Content-Encoding} stay as they are. */
    public GatewayRequest withBody(byte[] other) {
        return new GatewayRequest(url, method, timeout, headers, other);
    }

    @Override
    public String toString() {
        return method + ' ' + url;
    }
}
