/** Example routes to copy. In: files of records. Out: metrics about their processing, on a Pushgateway. */
@NullMarked
package io.github.camelpushgateway.examples;

import org.jspecify.annotations.NullMarked;
