/**
 * Comparison of the component with other clients of a Pushgateway. Each client runs in a separate JVM with only its own jars. The
 * clients take turns with the same real gateway. Entry point: {@link io.github.camelpushgateway.benchmarks.sidebyside.SideBySide}.
 */
@NullMarked
package io.github.camelpushgateway.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
