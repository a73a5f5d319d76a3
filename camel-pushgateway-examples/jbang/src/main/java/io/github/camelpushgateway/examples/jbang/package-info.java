/** The command of Camel JBang, for the test of the example files. */
@NullMarked
package io.github.camelpushgateway.examples.jbang;

import org.jspecify.annotations.NullMarked;
