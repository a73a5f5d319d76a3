/** JMH benchmarks of the stages of a push. In: the arguments of JMH. Out: its figures. */
@NullMarked
package io.github.camelpushgateway.benchmarks;

import org.jspecify.annotations.NullMarked;
