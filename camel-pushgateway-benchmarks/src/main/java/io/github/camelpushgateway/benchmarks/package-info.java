/** What the component costs. Nothing comes in but JMH's arguments; figures come out. */
@NullMarked
package io.github.camelpushgateway.benchmarks;

import org.jspecify.annotations.NullMarked;
