package io.github.camelpushgateway.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the answer to {@code GET /api/v1/status}: maps and texts, in the gateway's own names. */
final class StatusReader implements AnswerReader<Map<String, Object>> {

    @Override
    public Map<String, Object> read(GatewayResponse head, InputStream body) throws IOException {
        Map<String, Object> status = new LinkedHashMap<>();
        ApiAnswer.read(body, data -> status.putAll(map(data)));
        return status;
    }

    private static Map<String, Object> map(JsonParser parser) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        ApiAnswer.fields(
                parser,
                (name, value) ->
                        map.put(name, value.currentToken().isScalarValue() ? ApiAnswer.text(value) : map(value)));
        return map;
    }
}
