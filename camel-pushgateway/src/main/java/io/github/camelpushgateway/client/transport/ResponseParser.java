package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body of an answer while it comes in. */
@FunctionalInterface
public interface ResponseParser<T> {

    /**
     * Reads all of it.
     *
     * @param head the answer without its body
     * @param body ends with an exception if the attempt has no time any more; need not be closed
     * @throws MalformedResponseException if it is not what it should be
     */
    T read(GatewayResponse head, InputStream body) throws IOException;
}
