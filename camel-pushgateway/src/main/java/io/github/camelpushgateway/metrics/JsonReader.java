package io.github.camelpushgateway.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reader of one JSON object or list. It rejects duplicate keys, since one of the values would be lost. */
final class JsonReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** The maximum depth of nesting. Descriptions of metrics have three levels. */
    private static final int MAX_DEPTH = 10;

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
        parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    static Object read(InputStream bytes) throws IOException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            return new JsonReader(parser).readAll();
        }
    }

    static Object read(Reader text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return new JsonReader(parser).readAll();
        }
    }

    /** Reads the whole text. Drops the exceptions of the parser as causes, since their messages quote the text. */
    private Object readAll() throws IOException {
        try {
            parser.nextToken();
            Object root = value(1);
            if (parser.nextToken() != null) {
                throw fault("unexpected content after the first object or list; send only one of them");
            }
            return root == null ? List.of() : root;
        } catch (JsonEOFException e) {
            throw fault(e.getLocation(), "the JSON is incomplete");
        } catch (JsonProcessingException e) {
            throw fault(
                    e.getLocation(),
                    "this is not valid JSON; correct it, or, if it is meant to be the text format, write the metric"
                            + " name before the braces");
        }
    }

    private @Nullable Object value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw fault("this is nested more than " + MAX_DEPTH + " levels deep; metrics need three levels");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> list(depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (object.containsKey(key)) {
                throw fault("duplicate key; remove one of them");
            }
            parser.nextToken();
            object.put(key, value(depth + 1));
        }
        return object;
    }

    private List<@Nullable Object> list(int depth) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Number number() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getNumberValue() : parser.getDecimalValue();
    }

    private TextFormatException fault(String fault) {
        return fault(parser.currentTokenLocation(), fault);
    }

    private static TextFormatException fault(@Nullable JsonLocation location, String fault) {
        return location == null
                ? new TextFormatException(1, 1, fault)
                : new TextFormatException(
                        Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), fault);
    }
}
