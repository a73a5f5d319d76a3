/**
 * Makes metrics of what a route holds. In: plain values, maps, the text format and client_java snapshots. Out: {@code MetricSnapshots},
 * every sample of which has a legal name, legal labels and a number. Knows neither Camel nor HTTP.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.metrics.MetricsBuilder}.
 */
@NullMarked
package io.github.camelpushgateway.metrics;

import org.jspecify.annotations.NullMarked;
