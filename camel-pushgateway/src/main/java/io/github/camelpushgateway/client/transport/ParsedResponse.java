package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Holds the value parsed from the last complete response. */
public final class ParsedResponse<T> {

    private final ResponseParser<T> reader;

    @Nullable
    private volatile T read;

    public ParsedResponse(ResponseParser<T> reader) {
        this.reader = reader;
    }

    public void receive(GatewayResponse head, InputStream body) throws IOException {
        read = reader.read(head, body);
    }

    /** Returns the value of the last complete response, or null if there was none. */
    @Nullable
    public T value() {
        return read;
    }
}
