/**
 * The Camel edge: what Camel's endpoints, options, headers and bodies mean for a gateway. In: exchanges. Out: requests to
 * the client, and what came of them back on the exchange. This is the only package that knows Camel, and null ends here.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.PushgatewayProducer}.
 */
@NullMarked
package io.github.camelpushgateway;

import org.jspecify.annotations.NullMarked;
