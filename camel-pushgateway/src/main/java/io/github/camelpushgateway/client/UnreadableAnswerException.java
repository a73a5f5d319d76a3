package io.github.camelpushgateway.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells that what came back is whole, but not what a Pushgateway says; asking again would not change that. */
final class UnreadableAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableAnswerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
