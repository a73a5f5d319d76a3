package io.github.camelpushgateway.client.accumulate;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The order of accumulations of several clients to one group. At most one has its turn at a time. The others wait without
 * a thread, and start in the order of their arrival.
 */
final class Turns {

    /** An accumulation that waits for its turn. */
    interface Turn {

        /** Starts the turn, which ends with {@link Turns#end}. Must not throw. */
        void start();
    }

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean taken;

    /** Whether a thread starts turns. */
    private boolean starting;

    /** Whether the turn that is being started has ended already. */
    private boolean ended;

    /**
     * Takes a turn, or waits for it.
     *
     * @return whether the caller has its turn now; if not, it is started later, on the thread that ends another turn
     */
    synchronized boolean take(Turn turn) {
        if (taken) {
            waiting.add(turn);
            return false;
        }
        taken = true;
        return true;
    }

    /** Withdraws a waiting turn. Returns whether it was still waiting, so that it is never started. */
    synchronized boolean withdraw(Turn turn) {
        return waiting.remove(turn);
    }

    /**
     * Ends a turn, and starts the next one. Turns may end immediately, so they are started in a loop and not in a
     * recursion, by one thread at a time. No lock is held meanwhile.
     */
    void end() {
        if (!becomeStarter()) {
            return;
        }
        for (Turn next = next(); next != null; next = next()) {
            next.start();
            if (!hasEnded()) {
                return;
            }
        }
    }

    /** Returns false if another thread starts turns. It then starts the next one, too. */
    private synchronized boolean becomeStarter() {
        ended = true;
        if (starting) {
            return false;
        }
        starting = true;
        return true;
    }

    private synchronized @Nullable Turn next() {
        ended = false;
        Turn next = waiting.poll();
        if (next == null) {
            taken = false;
            starting = false;
        }
        return next;
    }

    private synchronized boolean hasEnded() {
        starting = ended;
        return ended;
    }
}
