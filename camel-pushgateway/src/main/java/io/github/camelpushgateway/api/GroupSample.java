package io.github.camelpushgateway.api;

import java.util.Map;

/**
 * A sample of a metric on a gateway, as Prometheus scrapes it. A histogram has samples with the suffixes {@code
 * _bucket}, {@code _count} and {@code _sum}. A summary has a sample for each quantile.
 *
 * @param name the name of the sample, such as {@code rows_total} or {@code duration_seconds_bucket}
 * @param labels the labels, without those of the group and those with an empty value
 * @param value the value, which may be {@code NaN} or infinite
 */
public record GroupSample(String name, Map<String, String> labels, double value) {}
