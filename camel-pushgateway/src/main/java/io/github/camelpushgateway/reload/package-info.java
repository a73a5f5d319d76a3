/**
 * Detects beans that a reload of routes has replaced. In: the registry of a Camel context. Out: whether another bean has the name of a
 * bean.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.reload.BoundBean}. It may be used by any thread.
 */
@NullMarked
package io.github.camelpushgateway.reload;

import org.jspecify.annotations.NullMarked;
