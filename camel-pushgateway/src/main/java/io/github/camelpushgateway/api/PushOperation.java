package io.github.camelpushgateway.api;

import java.util.Locale;

/**
 * What can be done to one group, each by the HTTP method that the
 * <a href="https://github.com/prometheus/pushgateway#api">Pushgateway's README, "API"</a> gives it. All are
 * idempotent: done twice, they leave the same group.
 */
public enum PushOperation {
    /** Replaces the whole group. */
    PUSH("PUT"),
    /** Replaces those metrics of the group that have the same names, and leaves the others. */
    PUSHADD("POST"),
    /** Deletes the group. */
    DELETE("DELETE"),
    /** Adds to the group how a run of a job went, as {@link #PUSHADD} does. */
    REPORT("POST");

    private final String method;

    PushOperation(String method) {
        this.method = method;
    }

    /** Returns the operation's HTTP method. */
    public String method() {
        return method;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
