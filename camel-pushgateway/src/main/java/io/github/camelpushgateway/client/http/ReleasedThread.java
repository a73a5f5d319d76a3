package io.github.camelpushgateway.client.http;

/**
 * A sender thread whose request has ended, and whose slot is free for another request. The continuation of the request may run on it, which saves
 * waking another thread. It can be taken once, on this thread, and only until the outcome has been reported.
 */
final class ReleasedThread {

    private final Thread thread = Thread.currentThread();

    /** Changed by this thread only. */
    private boolean available = true;

    /** Takes the thread. Returns false if it was taken before, or if another thread calls. */
    boolean take() {
        if (Thread.currentThread() != thread || !available) {
            return false;
        }
        available = false;
        return true;
    }

    /** The outcome has been reported. */
    void end() {
        available = false;
    }
}
