package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reports a response that is not what a Pushgateway should return; asking again would not change that. The message says what to do.
 */
public final class MalformedResponseException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
