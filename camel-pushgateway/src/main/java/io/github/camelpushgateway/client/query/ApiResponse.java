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
 * The answer of a gateway's API, {@code {"status":"success","data":...}}: see the <a
 * href="https://github.com/prometheus/pushgateway#query-api">Pushgateway's README, "Query API"</a>.
 */
final class ApiResponse {

    private static final String ERROR = "error";

    /** Neither the factory nor the JVM keeps the names in a response, which may be different ones each time. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ApiResponse() {}

    /** Reads the value on whose first token the parser is, and leaves it on the last. */
    interface ValueReader {
        void read(JsonParser parser) throws IOException;
    }

    /** Does so with the value of a field. */
    interface FieldReader {
        void read(String name, JsonParser parser) throws IOException;
    }

    /**
     * Reads an answer to its end.
     *
     * @throws MalformedResponseException if it is whole, but not of that form, or reports an error
     */
    static void read(InputStream body, ValueReader data) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            // the connection is used again if its last answer was read to the end
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
                throw unreadable(null);
            }
            String status = texts.getOrDefault("status", "");
            if (status.equals(ERROR)) {
                throw reported(texts);
            }
            if (!found[0] || !status.equals("success")) {
                throw unreadable(null);
            }
        } catch (JsonEOFException e) {
            throw new IOException("the response broke off", e);
        } catch (JsonProcessingException e) {
            // not JSON, or more than the parser reads, such as a number of thousands of digits
            throw unreadable(e);
        }
    }

    private static MalformedResponseException reported(Map<String, String> texts) {
        String words =
                ResponseText.of((texts.getOrDefault("errorType", "") + ' ' + texts.getOrDefault("error", "")).strip());
        return new MalformedResponseException(
                "it reported an error" + (words.isEmpty() ? "" : ": \"" + words + '"')
                        + "; see the log of the gateway, or of the proxy before it",
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

    /** Returns the text, or the number as it is written, on which the parser is. */
    static String text(JsonParser parser) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            throw unreadable(null);
        }
        return parser.getText();
    }

    private static void expect(JsonParser parser, JsonToken wanted) throws MalformedResponseException {
        if (parser.currentToken() != wanted) {
            throw unreadable(null);
        }
    }

    static MalformedResponseException unreadable(@Nullable Exception cause) {
        return new MalformedResponseException(
                "what came back is not what a Pushgateway answers there; check the option url and its path prefix, and"
                        + " that a Pushgateway from 1.2 on listens there",
                cause);
    }
}
