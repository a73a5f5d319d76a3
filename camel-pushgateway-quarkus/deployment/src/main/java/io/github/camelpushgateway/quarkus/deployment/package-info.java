/** Build steps of the Quarkus extension. */
@NullMarked
package io.github.camelpushgateway.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
