/**
 * Validates the URIs of dynamic endpoints in {@code toD} and {@code pollEnrich}. In: the URI of a dynamic endpoint,
 * before and after its expressions are evaluated. Out: the URI of a static endpoint, and headers for the rest.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.dynamic.PushgatewaySendDynamicAware}.
 */
@NullMarked
package io.github.camelpushgateway.dynamic;

import org.jspecify.annotations.NullMarked;
