/**
 * Encodes metrics. In: {@code MetricSnapshots} that are valid. Out: the bytes of a request body, in the text format or as protobuf, compressed
 * or not.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.encoding.PayloadEncoder}.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
