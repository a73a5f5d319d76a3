package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.io.InputStream;

/**
 * A streaming parser of the body of a response.
 *
 * @param <T> the type of the parsed value
 */
@FunctionalInterface
public interface ResponseParser<T> {

    /**
     * Parses the whole body.
     *
     * @param head the response without its body
     * @param body the body, which throws an exception when the attempt times out; need not be closed
     * @return the parsed value
     * @throws MalformedResponseException if the response is not the expected one
     * @throws IOException if the body cannot be read
     */
    T read(GatewayResponse head, InputStream body) throws IOException;
}
