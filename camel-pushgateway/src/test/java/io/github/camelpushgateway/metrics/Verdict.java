package io.github.camelpushgateway.metrics;

/** What a gateway and what this client does with a body: see the top of {@code corpus/bodies.tsv}. */
public enum Verdict {
    ACCEPT(true, true),
    REFUSE(false, false),
    MEND(false, true),
    REPAIR(true, true),
    STRICTER(true, false);

    private final boolean gatewayTakes;
    private final boolean weTake;

    Verdict(boolean gatewayTakes, boolean weTake) {
        this.gatewayTakes = gatewayTakes;
        this.weTake = weTake;
    }

    /** Tells whether a gateway takes the body as it is. */
    public boolean gatewayTakes() {
        return gatewayTakes;
    }

    /** Tells whether this client takes the body. */
    public boolean weTake() {
        return weTake;
    }
}
