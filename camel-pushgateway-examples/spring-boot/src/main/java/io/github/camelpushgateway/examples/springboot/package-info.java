/** A nightly job in Spring Boot. */
@NullMarked
package io.github.camelpushgateway.examples.springboot;

import org.jspecify.annotations.NullMarked;
