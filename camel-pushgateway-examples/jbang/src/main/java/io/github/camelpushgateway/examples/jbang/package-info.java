/** The command of Camel JBang, which the test of the example files runs. */
@NullMarked
package io.github.camelpushgateway.examples.jbang;

import org.jspecify.annotations.NullMarked;
