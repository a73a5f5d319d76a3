package io.github.camelpushgateway.api;

import java.util.Locale;

/**
 * An operation on a group. The HTTP methods are those of the <a
 * href="https://github.com/prometheus/pushgateway#api">Pushgateway's README, "API"</a>. All HTTP requests are idempotent.
 */
public enum PushOperation {
    /** Replaces the whole group. */
    PUSH("PUT"),
    /** Replaces the metrics of the group with the same names, and keeps the others. */
    PUSHADD("POST"),
    /** Deletes the group. */
    DELETE("DELETE"),
    /** Pushes the outcome of a run of a job to the group, like {@link #PUSHADD}. */
    REPORT("POST"),
    /**
     * Adds counters, histograms and summaries to those of the group, and replaces other metrics like {@link #PUSHADD}.
     */
    ACCUMULATE("POST");

    private final String method;

    PushOperation(String method) {
        this.method = method;
    }

    /** Returns the HTTP method of the operation. */
    public String method() {
        return method;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
