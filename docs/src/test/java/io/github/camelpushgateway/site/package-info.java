@NullMarked
package io.github.camelpushgateway.site;

import org.jspecify.annotations.NullMarked;
