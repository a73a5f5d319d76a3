package io.github.camelpushgateway.api;

/** Which of several gateways a request goes to. */
public enum Distribution {
    /** To one of them, always the same for the same group. */
    SHARD,
    /** To all of them. */
    MIRROR
}
