package io.github.camelpushgateway;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.support.PluginHelper;

/**
 * Finds the thread that blocks until its exchanges are done, as a caller of {@code ProducerTemplate} does. Such a thread may send its requests
 * itself. Camel calls an asynchronous producer in the same way whether the thread will block or not, but it lists the threads that are
 * blocked. A thread that was blocked when its push ended, and had pushed alone, may send the next pushes itself. After some of them it is
 * observed again.
 */
final class WaitingCallers {

    /** How many pushes a thread sends itself until it is observed again. */
    static final int PUSHES_PER_OBSERVATION = 100;

    private final CamelContext context;
    private final AtomicInteger pending = new AtomicInteger();

    private volatile Permit permit = new Permit(0, 0);

    WaitingCallers(CamelContext context) {
        this.context = context;
    }

    /** The pushes that one thread may send itself. Only that thread changes the number. */
    private static final class Permit {

        private final long threadId;
        private int pushes;

        Permit(long threadId, int pushes) {
            this.threadId = threadId;
            this.pushes = pushes;
        }
    }

    /** Returns whether the calling thread is known to block until the push that it begins now is done. */
    boolean waits() {
        Permit known = permit;
        if (known.threadId != Thread.currentThread().getId() || known.pushes == 0) {
            return false;
        }
        known.pushes--;
        return true;
    }

    /** Notes that a push begins that its caller does not send itself. */
    void begin() {
        pending.incrementAndGet();
    }

    /**
     * Notes that such a push has an outcome, and looks whether its caller is blocked. The exchange must not have gone on yet.
     *
     * @param caller the thread that has begun the push
     */
    void end(Thread caller) {
        if (pending.getAndDecrement() == 1 && isBlocked(caller)) {
            permit = new Permit(caller.getId(), PUSHES_PER_OBSERVATION);
        }
    }

    private boolean isBlocked(Thread caller) {
        AsyncProcessorAwaitManager awaiting = PluginHelper.getAsyncProcessorAwaitManager(context);
        for (AsyncProcessorAwaitManager.AwaitThread each : awaiting.browse()) {
            if (each.getBlockedThread() == caller) {
                return true;
            }
        }
        return false;
    }
}
