package io.github.camelpushgateway.client.query;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.client.transport.ResponseParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reader of the response to {@code GET /api/v1/status}: maps and texts, with the names that the gateway uses. */
public final class StatusReader implements ResponseParser<Map<String, Object>> {

    /** The maximum size of a status. A gateway returns about 1 KiB. */
    private static final int MAX_KIB = 256;

    private static final int MAX_DEPTH = 10;

    private static final String TOO_LARGE = "the status has more than " + MAX_KIB
            + " KiB, the maximum size; check the option url and its path prefix, and that a Pushgateway listens there";

    @Override
    public Map<String, Object> read(GatewayResponse head, InputStream body) throws IOException {
        Map<String, Object> status = new LinkedHashMap<>();
        ApiResponse.read(new BoundedParts(body, MAX_KIB << 10, TOO_LARGE), data -> status.putAll(map(data, 1)));
        return status;
    }

    private static Map<String, Object> map(JsonParser parser, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw ApiResponse.malformed(null);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        ApiResponse.fields(
                parser,
                (name, value) -> map.put(
                        name, value.currentToken().isScalarValue() ? ApiResponse.text(value) : map(value, depth + 1)));
        return map;
    }
}
