/** Spring Boot auto-configuration of the component. */
@NullMarked
package io.github.camelpushgateway.springboot;

import org.jspecify.annotations.NullMarked;
