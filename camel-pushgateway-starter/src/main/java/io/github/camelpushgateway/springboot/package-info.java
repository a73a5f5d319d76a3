/** The component in Spring Boot. */
@NullMarked
package io.github.camelpushgateway.springboot;

import org.jspecify.annotations.NullMarked;
