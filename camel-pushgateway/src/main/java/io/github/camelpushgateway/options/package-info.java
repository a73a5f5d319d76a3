/**
 * Reads and validates the texts of options: names, durations, maps, expressions and secrets in a URI. In: texts as Camel passes them. Out: values, or
 * an error message of one sentence.
 *
 * <p>Entry points: {@link io.github.camelpushgateway.options.EndpointOptions} and
 * {@link io.github.camelpushgateway.options.CheckedConfigurer}.
 */
@NullMarked
package io.github.camelpushgateway.options;

import org.jspecify.annotations.NullMarked;
