/**
 * Executes a request: attempts within a timeout, retries, and handlers. In: a supplier of a {@code GatewayRequest}.
 * Out: a {@code PushResponse}, or a {@code PushgatewayException} with advice.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.http.RequestExecutor}. Attempts run on a few sender threads,
 * or on the thread of a caller that waits; one more thread watches the timeouts.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
