package io.github.camelpushgateway.test.infra;

import java.io.Serial;

/** There is no Prometheus of the wanted version here; the message tells why not. A test may take it as a reason to be skipped. */
public final class PrometheusMissingException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    PrometheusMissingException(String message) {
        super(message);
    }
}
