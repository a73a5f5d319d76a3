package io.github.camelpushgateway.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request, ready to be sent.
 *
 * @param body the bytes to send and their type, or null to send none
 */
record TransportRequest(String method, URI url, @Nullable Payload body) {}
