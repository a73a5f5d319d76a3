/** Runtime of the Quarkus extension. Quarkus calls it when the Camel context is initialized. */
@NullMarked
package io.github.camelpushgateway.quarkus;

import org.jspecify.annotations.NullMarked;
