package io.github.camelpushgateway.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets a few attempts run at a time; others wait in order. An attempt gives its place back when it has its outcome, which may
 * be before its thread has come back from it: a gateway that holds a thread beyond the deadline does not hold the place.
 */
final class SenderSlots {

    private final Executor threads;
    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private int free;

    SenderSlots(int slots, Executor threads) {
        this.free = slots;
        this.threads = threads;
    }

    void run(Attempt attempt) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(attempt);
                return;
            }
            free--;
        }
        start(attempt);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private void start(Attempt attempt) {
        attempt.left().whenComplete((left, none) -> startNext());
        threads.execute(attempt);
    }

    private void startNext() {
        Attempt next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        start(next);
    }
}
