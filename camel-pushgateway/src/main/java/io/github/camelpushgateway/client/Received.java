package io.github.camelpushgateway.client;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Holds the value parsed from the last complete response. */
final class Received<T> {

    private final AnswerReader<T> reader;

    @Nullable
    private volatile T read;

    Received(AnswerReader<T> reader) {
        this.reader = reader;
    }

    void receive(GatewayResponse head, InputStream body) throws IOException {
        read = reader.read(head, body);
    }

    /** Returns the value of the last complete response, or null if there was none. */
    @Nullable
    T value() {
        return read;
    }
}
