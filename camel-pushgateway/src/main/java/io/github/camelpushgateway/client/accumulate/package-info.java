/**
 * Adds to the metrics of groups. In: requests with increments, one at a time for each group. Out: requests with totals, for which a group is
 * read first if its values are unknown.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.accumulate.Accumulator}. All code runs on the thread that starts a request or completes
 * its outcome.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.accumulate;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
