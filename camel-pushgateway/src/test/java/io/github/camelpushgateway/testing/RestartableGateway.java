package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.test.infra.Pushgateway;

/**
 * A gateway that is stopped and started again, with its state at any moment: possibly running, stopping, or stopped.
 */
public final class RestartableGateway {

    /** The states of each life, in this order. */
    private enum State {
        RUNNING,
        STOPPING,
        STOPPED
    }

    private final Pushgateway gateway;
    private final boolean persistent;

    private volatile int moment;

    /**
     * @param persistent whether the gateway is terminated and keeps its metrics; otherwise it is killed and loses them
     */
    public RestartableGateway(Pushgateway gateway, boolean persistent) {
        this.gateway = gateway;
        this.persistent = persistent;
    }

    /** Returns the number of the current moment, which increases with each change of the state. */
    public int moment() {
        return moment;
    }

    /** Stops the gateway, and waits until it is stopped. */
    public void stop() {
        next(State.STOPPING);
        if (persistent) {
            gateway.terminate();
        } else {
            gateway.kill();
        }
        next(State.STOPPED);
    }

    /** Starts the gateway again, and waits until it responds. */
    public void restart() {
        next(State.RUNNING);
        gateway.restart();
    }

    private void next(State state) {
        // only one thread stops and starts the gateway
        int next = moment + 1;
        if (state(next) != state) {
            throw new IllegalStateException(
                    "after " + state(moment) + ", expected " + state(next) + " instead of " + state);
        }
        moment = next;
    }

    private static State state(int moment) {
        return State.values()[moment % State.values().length];
    }

    /** Returns whether the gateway was stopped all the time, so that no request can have been executed. */
    public boolean wasStopped(int from, int to) {
        return from == to && state(from) == State.STOPPED;
    }

    /** Returns whether the gateway was stopping in between. */
    boolean wasStopping(int from, int to) {
        for (int each = from; each <= to; each++) {
            if (state(each) == State.STOPPING) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a request between these moments, if it was executed, is lost at the moment {@code now}. */
    boolean hasLost(int to, int now) {
        return !persistent && to < beginOfLife(now);
    }

    /**
     * Returns whether a request since this moment was certainly executed in the life of the moment {@code now}, or is
     * persistent.
     */
    boolean hasKept(int from, int now) {
        return persistent || from >= beginOfLife(now);
    }

    /**
     * Returns the first moment of a life. It includes the previous stop, because a request from then can only be
     * executed in this life.
     */
    private static int beginOfLife(int now) {
        int states = State.values().length;
        return now / states * states - 1;
    }
}
