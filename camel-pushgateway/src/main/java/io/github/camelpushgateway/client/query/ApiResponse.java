package io.github.camelpushgateway.client.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.camelpushgateway.api.ResponseText;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response of the API of a gateway, {@code {"status":"success","data":...}}: see the <a
 * href="https://github.com/prometheus/pushgateway#query-api">Pushgateway's README, "Query API"</a>.
 */
final class ApiResponse {

    private static final String ERROR = "error";

    /** The JSON factory. Neither the factory nor the JVM caches the names in a response, which may differ each time. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ApiResponse() {}

    /** A reader of a value. */
    interface ValueReader {

        /** Reads the value at the current token, and moves the parser to its last token. */
        void read(JsonParser parser) throws IOException;
    }

    /** A reader of a field. */
    interface FieldReader {

        /** Reads the value at the current token, and moves the parser to its last token. */
        void read(String name, JsonParser parser) throws IOException;
    }

    /**
     * Reads a response to its end.
     *
     * @throws MalformedResponseException if the response is complete, but does not have this form, or reports an error
     */
    static void read(InputStream body, ValueReader data) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            // the connection can be reused if the response was read to its end
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            parser.nextToken();
            Map<String, String> texts = new HashMap<>();
            boolean[] found = {false};
            fields(parser, (name, value) -> {
                switch (name) {
                    case "status", "errorType", "error" -> texts.put(name, text(value));
                    case "data" -> {
                        if (ERROR.equals(texts.get("status"))) {
                            value.skipChildren();
                        } else {
                            data.read(value);
                            found[0] = true;
                        }
                    }
                    default -> value.skipChildren();
                }
            });
            if (parser.nextToken() != null) {
                throw malformed(null);
            }
            String status = texts.getOrDefault("status", "");
            if (status.equals(ERROR)) {
                throw reported(texts);
            }
            if (!found[0] || !status.equals("success")) {
                throw malformed(null);
            }
        } catch (JsonEOFException e) {
            throw new IOException("the response is incomplete", e);
        } catch (JsonProcessingException e) {
            // not JSON, or above a limit of the parser, such as a number with thousands of digits
            throw malformed(e);
        }
    }

    private static MalformedResponseException reported(Map<String, String> texts) {
        String details =
                ResponseText.of((texts.getOrDefault("errorType", "") + ' ' + texts.getOrDefault("error", "")).strip());
        return new MalformedResponseException(
                "it reported an error" + (details.isEmpty() ? "" : ": \"" + details + '"')
                        + "; see the log of the gateway, or of the proxy in front of it",
                null);
    }

    /** Reads each element of a list. */
    static void elements(JsonParser parser, ValueReader element) throws IOException {
        expect(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read(parser);
        }
    }

    /** Reads each field of an object. */
    static void fields(JsonParser parser, FieldReader field) throws IOException {
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name, parser);
        }
    }

    /** Returns the text, or the number in its written form, at the current token. */
    static String text(JsonParser parser) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            throw malformed(null);
        }
        return parser.getText();
    }

    private static void expect(JsonParser parser, JsonToken expected) throws MalformedResponseException {
        if (parser.currentToken() != expected) {
            throw malformed(null);
        }
    }

    /** Returns the exception for a response that is not that of a Pushgateway. */
    static MalformedResponseException malformed(@Nullable Exception cause) {
        return new MalformedResponseException(
                "the response is not that of a Pushgateway; check the option url and its path prefix, and that a"
                        + " Pushgateway 1.2 or later listens there: other receivers have no query API, which accumulate,"
                        + " groups, sweep, status and the consumer need",
                cause);
    }
}
