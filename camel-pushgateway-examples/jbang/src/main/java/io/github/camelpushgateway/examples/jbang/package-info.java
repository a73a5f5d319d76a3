/** The command of Camel JBang, for the test of the files that it runs. */
@NullMarked
package io.github.camelpushgateway.examples.jbang;

import org.jspecify.annotations.NullMarked;
