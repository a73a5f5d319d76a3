package io.github.camelpushgateway;

/** Effect of a failed push on the exchange. */
public enum PushFailurePolicy {
    /** The exchange fails. */
    FAIL,
    /** The failure is logged as one WARN line, and the route continues. */
    WARN,
    /** The failure is logged as one DEBUG line, and the route continues. */
    IGNORE
}
