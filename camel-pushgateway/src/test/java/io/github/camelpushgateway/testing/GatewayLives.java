package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.test.infra.Pushgateway;

/**
 * A gateway that ends and is started again, and what is certain of it at any moment: that it may be running, that it is ending,
 * or that it is dead.
 */
public final class GatewayLives {

    /** Each life has these three parts, in this order. */
    private enum Part {
        RUNS,
        ENDS,
        IS_DEAD
    }

    private final Pushgateway gateway;
    private final boolean keeps;

    private volatile int moment;

    /** @param keeps whether it is asked to end, and keeps what it holds; if not, it is killed, and loses it */
    public GatewayLives(Pushgateway gateway, boolean keeps) {
        this.gateway = gateway;
        this.keeps = keeps;
    }

    /** Returns a number that grows from part to part of each life. */
    public int moment() {
        return moment;
    }

    /** Comes back when it is dead. */
    public void end() {
        next(Part.ENDS);
        if (keeps) {
            gateway.terminate();
        } else {
            gateway.kill();
        }
        next(Part.IS_DEAD);
    }

    /** Comes back when it answers. */
    public void startAgain() {
        next(Part.RUNS);
        gateway.restart();
    }

    private void next(Part part) {
        // one thread ends and starts it
        int next = moment + 1;
        if (part(next) != part) {
            throw new IllegalStateException("after " + part(moment) + " comes " + part(next) + ", not " + part);
        }
        moment = next;
    }

    private static Part part(int moment) {
        return Part.values()[moment % Part.values().length];
    }

    /** Tells whether it was dead all the time, so that nothing can have been done. */
    public boolean wasDead(int from, int to) {
        return from == to && part(from) == Part.IS_DEAD;
    }

    /** Tells whether it was asked to end in between. */
    boolean wasEnding(int from, int to) {
        for (int each = from; each <= to; each++) {
            if (part(each) == Part.ENDS) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether what was done between these moments, if it was done, is lost at the moment {@code now}. */
    boolean hasLost(int to, int now) {
        return !keeps && to < beginOfLife(now);
    }

    /** Tells whether what was done between these moments was done for certain in the life of the moment {@code now}, or is kept. */
    boolean hasKept(int from, int now) {
        return keeps || from >= beginOfLife(now);
    }

    /** The death before belongs to a life: what is asked for then can only be done in it. */
    private static int beginOfLife(int now) {
        int parts = Part.values().length;
        return now / parts * parts - 1;
    }
}
