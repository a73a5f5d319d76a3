package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown when a response is not that of a Pushgateway. A retry would not help. The message states the remedy. */
public final class MalformedResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public MalformedResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
