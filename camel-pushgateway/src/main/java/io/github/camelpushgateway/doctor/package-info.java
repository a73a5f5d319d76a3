/**
 * Checks the way to a gateway step by step, for a person whose pushes do not arrive. In: the options of an endpoint, as
 * arguments. Out: a line for each step, and the remedy for the first one that fails. This package does not know Camel,
 * and nothing refers to it.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.doctor.Doctor}. One step runs at a time; a thread of its own limits
 * the time of each connection.
 */
@NullMarked
package io.github.camelpushgateway.doctor;

import org.jspecify.annotations.NullMarked;
