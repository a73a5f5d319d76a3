/**
 * Parses the text format of Prometheus, version 0.0.4. In: bytes or characters. Out: metrics for a {@code MetricsBuilder}.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.metrics.text.TextFormat}.
 */
@NullMarked
package io.github.camelpushgateway.metrics.text;

import org.jspecify.annotations.NullMarked;
