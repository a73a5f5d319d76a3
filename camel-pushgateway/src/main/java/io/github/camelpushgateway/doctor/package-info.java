/**
 * Checks step by step whether pushes reach a gateway. In: the options of an endpoint, as arguments. Out: a line for each
 * step, and the remedy for the first step that fails. This package does not use Camel, and no other package refers to it.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.doctor.Doctor}. One step runs at a time. A separate thread limits the
 * time of each connection.
 */
@NullMarked
package io.github.camelpushgateway.doctor;

import org.jspecify.annotations.NullMarked;
