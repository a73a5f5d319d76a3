package io.github.camelpushgateway.api;

import java.util.Map;

/**
 * One series of a metric that a gateway holds, as Prometheus sees it: a histogram has samples whose names end in {@code _bucket},
 * {@code _count} and {@code _sum}, a summary has its quantiles.
 *
 * @param name of the sample, such as {@code rows_total} or {@code duration_seconds_bucket}
 * @param labels those of the group left out, and those without a value
 * @param value may be {@code NaN} or infinite
 */
public record GroupSample(String name, Map<String, String> labels, double value) {}
