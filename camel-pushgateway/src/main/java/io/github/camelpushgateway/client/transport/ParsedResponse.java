package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Holder of the value parsed from the last complete response.
 *
 * @param <T> the type of the value
 */
public final class ParsedResponse<T> {

    private final ResponseParser<T> parser;

    @Nullable
    private volatile T parsed;

    /**
     * Creates a holder without a value.
     *
     * @param parser parses the bodies of responses
     */
    public ParsedResponse(ResponseParser<T> parser) {
        this.parser = parser;
    }

    /** Parses the body of a response. */
    public void receive(GatewayResponse head, InputStream body) throws IOException {
        parsed = parser.read(head, body);
    }

    /** Returns the value of the last complete response, or null if there was none. */
    @Nullable
    public T value() {
        return parsed;
    }
}
