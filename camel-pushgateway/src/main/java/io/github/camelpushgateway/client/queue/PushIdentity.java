package io.github.camelpushgateway.client.queue;

/**
 * The identity of a push that adds to metrics. If it fails and its outcome is unknown, it may be delivered again, and
 * must then not be added twice.
 *
 * @param id identifies the push
 * @param isRedelivered whether the push has been delivered before
 * @param isMirrored whether the push goes to several gateways, so that it may be delivered again to a gateway that has
 *     already added it
 */
public record PushIdentity(String id, boolean isRedelivered, boolean isMirrored) {}
