/** What Quarkus does with the component when it builds an application. */
@NullMarked
package io.github.camelpushgateway.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
