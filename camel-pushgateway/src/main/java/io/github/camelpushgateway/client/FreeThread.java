package io.github.camelpushgateway.client;

/**
 * A sender's thread whose request has just ended, and whose place another has taken: who has waited for that request may go
 * on there, which saves waking another thread. It can be had once, and only while the outcome is being told.
 */
final class FreeThread {

    private static final ThreadLocal<Boolean> FREE = new ThreadLocal<>();

    private FreeThread() {}

    /** Tells an outcome on this thread, which is free. */
    static void offer(Runnable outcome) {
        FREE.set(true);
        try {
            outcome.run();
        } finally {
            FREE.remove();
        }
    }

    /** Takes the thread that runs here, if it is free. */
    static boolean take() {
        boolean free = FREE.get() != null;
        FREE.remove();
        return free;
    }
}
