package io.github.camelpushgateway.client.http;

/**
 * A sender thread whose request has ended, and whose slot is free for another request. The continuation of the request
 * may run on it, which saves waking another thread. The thread can be taken once, by code that runs on it, and only
 * until the outcome has been reported.
 */
final class ReleasedThread {

    private final Thread thread = Thread.currentThread();

    /** Whether the thread can be taken. Only this thread changes the field. */
    private boolean available = true;

    /** Takes the thread. Returns false if it was taken before, or if another thread calls. */
    boolean take() {
        if (Thread.currentThread() != thread || !available) {
            return false;
        }
        available = false;
        return true;
    }

    /** Makes the thread unavailable, because the outcome has been reported. */
    void end() {
        available = false;
    }
}
