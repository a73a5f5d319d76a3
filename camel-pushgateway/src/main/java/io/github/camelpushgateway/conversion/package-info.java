/**
 * Converts parts of an exchange to metrics: bodies, headers, registries, text in bytes, streams and files. In: objects
 * of an exchange. Out: calls of a {@code MetricsBuilder}. This package uses Camel's type converters, but neither
 * endpoints nor options.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.conversion.BodyBinding} and
 * {@link io.github.camelpushgateway.conversion.ValueConversion}.
 */
@NullMarked
package io.github.camelpushgateway.conversion;

import org.jspecify.annotations.NullMarked;
