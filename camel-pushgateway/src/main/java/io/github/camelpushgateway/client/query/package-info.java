/**
 * Parses the JSON responses of a gateway as streams. In: the body of a response. Out: groups, one after the other, or
 * the state of the gateway.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.client.query.GroupReader} and
 * {@link io.github.camelpushgateway.client.query.StatusReader}.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.query;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
