/**
 * Shows endpoints and gateways in Camel's developer console. In: the endpoints of a context. Out: text or JSON, without secrets.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.console.PushgatewayDevConsole}.
 */
@NullMarked
package io.github.camelpushgateway.console;

import org.jspecify.annotations.NullMarked;
