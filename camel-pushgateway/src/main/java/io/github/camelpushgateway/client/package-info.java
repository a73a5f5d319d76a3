/**
 * Sends metrics to one or several Pushgateways. In: a {@code PushRequest}. Out: a {@code PushResponse}, or a
 * {@code PushgatewayException}. This package does not know Camel. It is the only one that knows all of its subpackages.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.client.PushgatewayClient} for one gateway, and
 * {@link io.github.camelpushgateway.client.GatewayPool} for several.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
