package io.github.camelpushgateway;

/** What a failure to push does to the exchange. */
public enum PushFailurePolicy {
    /** The exchange fails. */
    FAIL,
    /** One WARN line, and the route goes on. */
    WARN,
    /** One DEBUG line, and the route goes on. */
    IGNORE
}
