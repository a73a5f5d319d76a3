/** What the tests need to run with Camel 4.22. */
@NullMarked
package io.github.camelpushgateway.platforms;

import org.jspecify.annotations.NullMarked;
