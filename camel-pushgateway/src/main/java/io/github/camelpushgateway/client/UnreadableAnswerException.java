package io.github.camelpushgateway.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reports a response that is not what a Pushgateway should return; asking again would not change that. The message says what to do.
 */
final class UnreadableAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
