/**
 * Publishes the metrics of an application for as long as its Camel context runs. In: the start and the stop of the context. Out: pushes
 * at an interval, and one last push or delete after the routes have stopped.
 *
 * <p>Entry point: {@link io.github.camelpushgateway.publisher.PublisherLifecycle}. All pushes of a publisher run on its only thread, so
 * they never overlap. The thread that stops the context waits for the last one.
 */
@NullMarked
package io.github.camelpushgateway.publisher;

import org.jspecify.annotations.NullMarked;
