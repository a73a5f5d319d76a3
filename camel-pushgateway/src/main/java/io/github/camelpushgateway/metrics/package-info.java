/**
 * Builds metrics. In: plain values, maps, JSON and client_java snapshots. Out: {@code MetricSnapshots} whose samples have a legal name, legal labels
 * and a number. This package knows neither Camel nor HTTP.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.metrics.MetricsBuilder}.
 */
@NullMarked
package io.github.camelpushgateway.metrics;

import org.jspecify.annotations.NullMarked;
