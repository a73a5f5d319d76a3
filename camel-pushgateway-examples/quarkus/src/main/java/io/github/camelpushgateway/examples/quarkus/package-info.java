/** Beans of the nightly job. */
@NullMarked
package io.github.camelpushgateway.examples.quarkus;

import org.jspecify.annotations.NullMarked;
