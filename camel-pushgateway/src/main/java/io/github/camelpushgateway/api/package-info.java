/**
 * The values and interfaces that users code against: the request and the response of a gateway, the grouping key, the handler and the exception. In:
 * plain values. Out: values that are valid by construction. This package does no I/O and does not know Camel.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.api.PushgatewayException} and
 * {@link io.github.camelpushgateway.api.PushgatewayHandler}.
 */
@NullMarked
package io.github.camelpushgateway.api;

import org.jspecify.annotations.NullMarked;
