package io.github.camelpushgateway.pem;

import java.security.GeneralSecurityException;

/** Thrown if a file cannot be used. The message names the option, the file and the problem, and no content of the file. */
public final class PemException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause: the exceptions of a parser may quote what it has read.
     *
     * @param message the option, the file and the problem
     */
    PemException(String message) {
        super(message);
    }
}
