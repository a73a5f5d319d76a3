/**
 * Converts what an exchange holds into metrics: bodies, headers, registries, text in bytes, streams and files. In: objects of an exchange. Out:
 * calls of a {@code MetricsBuilder}. This package knows Camel's type converters, and neither endpoints nor options.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.conversion.BodyBinding} and
 * {@link io.github.camelpushgateway.conversion.ValueConversion}.
 */
@NullMarked
package io.github.camelpushgateway.conversion;

import org.jspecify.annotations.NullMarked;
