package io.github.camelpushgateway.api;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of an HTTP request, before it is sent. {@link #toString} contains neither headers nor body, because they
 * may contain secrets.
 *
 * @param url the URL
 * @param method the HTTP method
 * @param timeout the maximum time of the whole attempt
 * @param headers the HTTP headers; their names are case-insensitive
 * @param body the bytes to send, compressed according to {@code Content-Encoding}, or null to send no body; must not be
 *     modified
 */
@SuppressWarnings("ArrayRecordComponent") // requests are not compared, and the bytes may be many
public record GatewayRequest(
        URI url, String method, Duration timeout, Map<String, String> headers, byte @Nullable [] body) {

    /** Copies the headers. */
    public GatewayRequest {
        headers = HeaderMaps.copy(headers);
    }

    /** Returns the HTTP headers, an unmodifiable map with case-insensitive names. */
    @Override
    public Map<String, String> headers() {
        return HeaderMaps.view(headers);
    }

    /** Returns a request without a body. */
    public static GatewayRequest of(URI url, String method, Duration timeout, Map<String, String> headers) {
        return new GatewayRequest(url, method, timeout, headers, null);
    }

    /** Returns this request with a header, which replaces a header of the same name. */
    public GatewayRequest withHeader(String name, String value) {
        SortedMap<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, value);
        return new GatewayRequest(url, method, timeout, changed, body);
    }

    /** Returns this request with another URL. */
    public GatewayRequest withUrl(URI other) {
        return new GatewayRequest(other, method, timeout, headers, body);
    }

    /** Returns this request with another body; {@code Content-Type} and {@code Content-Encoding} are not changed. */
    public GatewayRequest withBody(byte[] other) {
        return new GatewayRequest(url, method, timeout, headers, other);
    }

    @Override
    public String toString() {
        return method + ' ' + url;
    }
}
