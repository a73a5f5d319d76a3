/**
 * Keeps the order of each group, and coalesces pending pushes. In: requests of callers. Out: one request to a group at a time, and the outcome
 * of each push.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.client.queue.GroupQueues}. The calling thread starts a request of an idle group; the thread
 * that reports an outcome starts the next one.
 */
@Internal
@NullMarked
package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.Internal;
import org.jspecify.annotations.NullMarked;
