package io.github.camelpushgateway.metrics;

/** The expected results of a gateway and of this client for a body: see the beginning of {@code corpus/bodies.tsv}. */
public enum Verdict {
    ACCEPT(true, true),
    REFUSE(false, false),
    TOLERATE(false, true),
    REPAIR(true, true),
    STRICTER(true, false);

    private final boolean gatewayAccepts;
    private final boolean clientAccepts;

    Verdict(boolean gatewayAccepts, boolean clientAccepts) {
        this.gatewayAccepts = gatewayAccepts;
        this.clientAccepts = clientAccepts;
    }

    /** Returns whether a gateway accepts the unchanged body. */
    public boolean gatewayAccepts() {
        return gatewayAccepts;
    }

    /** Returns whether this client accepts the body. */
    public boolean clientAccepts() {
        return clientAccepts;
    }
}
