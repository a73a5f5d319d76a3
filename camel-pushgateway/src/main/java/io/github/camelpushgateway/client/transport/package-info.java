/**
 * Sends one HTTP request to a gateway and reads its response on the calling thread. In: a {@code GatewayRequest} and a slot that keeps a
 * connection. Out: a {@code GatewayResponse}. Each wait ends at once when the attempt is cancelled.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.transport.HttpTransport}.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
