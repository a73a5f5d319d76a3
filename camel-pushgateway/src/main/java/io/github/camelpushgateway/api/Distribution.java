package io.github.camelpushgateway.api;

/** The distribution of requests over several gateways. */
public enum Distribution {
    /** Each request goes to one gateway, always the same for a group. */
    SHARD,
    /** Each request goes to all gateways. */
    MIRROR
}
