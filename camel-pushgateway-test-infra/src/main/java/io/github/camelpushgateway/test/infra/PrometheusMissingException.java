package io.github.camelpushgateway.test.infra;

import java.io.Serial;

/**
 * Thrown if no Prometheus of the required version is available. The message has the reasons. A test may skip itself
 * on this exception.
 */
public final class PrometheusMissingException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    PrometheusMissingException(String message) {
        super(message);
    }
}
