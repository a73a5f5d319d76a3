package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.client.transport.SenderSlot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pool of sender slots, which limits the number of concurrent attempts. Further attempts wait in order. Each slot
 * keeps a connection. The slot that was used last is used first, so that connections that are not needed become old and
 * are closed.
 */
final class SenderPool implements AutoCloseable {

    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final long maxIdleNanos;
    private final Semaphore continuing;
    private final List<SenderSlot> slots = new ArrayList<>();
    private final Deque<SenderSlot> free = new ArrayDeque<>();
    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private boolean armed;

    /**
     * Creates a pool.
     *
     * @param size the number of slots
     * @param maxContinuing the maximum number of sender threads that run continuations at a time
     * @param threads runs the attempts
     * @param timer closes old connections
     * @param maxIdle the time for which an idle connection is kept
     */
    SenderPool(int size, int maxContinuing, Executor threads, ScheduledExecutorService timer, Duration maxIdle) {
        maxIdleNanos = maxIdle.toNanos();
        for (int i = 0; i < size; i++) {
            SenderSlot slot = new SenderSlot(maxIdleNanos);
            slots.add(slot);
            free.add(slot);
        }
        continuing = new Semaphore(maxContinuing);
        this.threads = threads;
        this.timer = timer;
    }

    /** Runs the attempt on a sender thread as soon as a slot is free. */
    void run(Attempt attempt) {
        SenderSlot slot;
        synchronized (this) {
            if (free.isEmpty()) {
                waiting.add(attempt);
                return;
            }
            slot = free.pop();
        }
        start(attempt, slot);
    }

    /**
     * Runs the attempt on the calling thread if no other attempt is running and a connection is open, and like {@link
     * #run} otherwise. If several threads send at the same time, sender threads are faster. A virtual thread does not
     * send: the JDK closes a socket on which it waits when it is interrupted.
     */
    void runOnCallersThread(Attempt attempt) {
        SenderSlot slot = null;
        synchronized (this) {
            if (free.size() == slots.size() && free.element().isConnected() && !isVirtual(Thread.currentThread())) {
                slot = free.pop();
            }
        }
        if (slot == null) {
            run(attempt);
        } else {
            new SlotUse(attempt, slot).runOnCallersThread();
        }
    }

    /** All virtual threads have this group: see the JDK's documentation of {@code Thread.getThreadGroup}. */
    private static boolean isVirtual(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && group.getName().equals("VirtualThreads");
    }

    private void start(Attempt first, SenderSlot slot) {
        for (Attempt attempt = first; attempt != null; attempt = next(slot)) {
            if (begin(attempt, slot)) {
                return;
            }
        }
    }

    /** Starts the attempt on a thread. Returns false if there is no thread; the attempt has then failed. */
    private boolean begin(Attempt attempt, SenderSlot slot) {
        try {
            threads.execute(new SlotUse(attempt, slot));
            return true;
        } catch (RejectedExecutionException e) {
            attempt.cancel(new ClientClosedException());
        } catch (Throwable e) { // for example an OutOfMemoryError if there are no more threads
            attempt.cancel(new IOException("no thread could be started (" + e + ')', e));
        }
        return false;
    }

    /** Returns the attempt that has waited longest, or marks the slot as free. */
    private synchronized @Nullable Attempt next(SenderSlot slot) {
        Attempt next = waiting.poll();
        if (next == null) {
            free.push(slot);
            arm(maxIdleNanos);
        }
        return next;
    }

    /** The use of a slot by one attempt. */
    private final class SlotUse implements Attempt.Lease, Runnable {

        private final Attempt attempt;
        private final SenderSlot slot;
        private boolean callersThread;

        SlotUse(Attempt attempt, SenderSlot slot) {
            this.attempt = attempt;
            this.slot = slot;
        }

        @Override
        public void run() {
            Runnable outcome = attempt.run(this);
            if (continuing.tryAcquire()) {
                try {
                    attempt.returnSlot();
                    report(outcome);
                } finally {
                    continuing.release();
                }
            } else {
                // Another thread runs the continuation, so this is short. If the slot were returned first, the next
                // attempt could need a further thread.
                outcome.run();
                attempt.returnSlot();
            }
        }

        private void report(Runnable outcome) {
            ReleasedThread thread = new ReleasedThread();
            attempt.offerThread(thread);
            try {
                outcome.run();
            } finally {
                thread.end();
            }
        }

        void runOnCallersThread() {
            callersThread = true;
            Runnable outcome = attempt.run(this);
            attempt.returnSlot();
            outcome.run();
        }

        @Override
        public boolean isCallersThread() {
            return callersThread;
        }

        /** A caller does not connect itself: user code, such as a proxy selector or a trust manager, could block it. */
        @Override
        public @Nullable Executor connectingThreads() {
            return callersThread ? threads : null;
        }

        @Override
        public SenderSlot slot() {
            return slot;
        }

        @Override
        public void returnSlot() {
            Attempt next = next(slot);
            if (next != null) {
                start(next, slot);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // never cancelled
    private synchronized void arm(long nanos) {
        if (armed) {
            return;
        }
        try {
            timer.schedule(this::closeOld, nanos, TimeUnit.NANOSECONDS);
            armed = true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // the client is closed, which closes all connections; or there are no more threads at the moment
        }
    }

    private void closeOld() {
        synchronized (this) {
            armed = false;
        }
        long next = Long.MAX_VALUE;
        for (SenderSlot slot : slots) {
            next = Math.min(next, slot.closeIfOld());
        }
        if (next < Long.MAX_VALUE) {
            arm(next);
        }
    }

    /**
     * Closes all connections, now and later, and drops the waiting attempts, so that cancelling one attempt does not
     * start another.
     */
    @Override
    public void close() {
        synchronized (this) {
            waiting.clear();
        }
        for (SenderSlot slot : slots) {
            slot.close();
        }
    }
}
