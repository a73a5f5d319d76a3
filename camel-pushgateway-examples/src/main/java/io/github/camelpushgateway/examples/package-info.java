/** Routes to copy. In: files of records. Out: what became of them, on a Pushgateway. */
@NullMarked
package io.github.camelpushgateway.examples;

import org.jspecify.annotations.NullMarked;
