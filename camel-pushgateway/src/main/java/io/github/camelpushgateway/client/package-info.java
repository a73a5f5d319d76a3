/**
 * Takes metrics to a gateway. In: a {@code PushRequest}. Out: a {@code PushResponse}, or a {@code PushgatewayException}.
 * Knows HTTP and client_java's metric model; knows no Camel.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.PushgatewayClient}; before several of them, {@link
 * io.github.camelpushgateway.client.Gateways}.
 */
@NullMarked
package io.github.camelpushgateway.client;

import org.jspecify.annotations.NullMarked;
