/**
 * The component beside other ways to push to a Pushgateway: each in a JVM of its own, with nothing but its own jars, taking
 * turns against one real gateway.
 */
@NullMarked
package io.github.camelpushgateway.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
