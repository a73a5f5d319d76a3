package io.github.camelpushgateway.client;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of an answer while it comes in. */
@FunctionalInterface
interface AnswerReader<T> {

    /**
     * Reads all of it.
     *
     * @param head the answer without its body
     * @param body ends with an exception if the attempt has no time any more; need not be closed
     * @throws UnreadableAnswerException if it is not what it should be
     */
    T read(GatewayResponse head, InputStream body) throws IOException;
}
