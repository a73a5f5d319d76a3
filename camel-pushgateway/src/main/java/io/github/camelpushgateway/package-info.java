/**
 * Camel component: converts endpoints, options, headers and bodies to requests to a gateway. In: exchanges. Out:
 * requests to the client, and their outcomes on the exchange. Null values from Camel do not pass beyond this package
 * and its subpackages that use Camel.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.PushgatewayProducer}.
 */
@NullMarked
package io.github.camelpushgateway;

import org.jspecify.annotations.NullMarked;
