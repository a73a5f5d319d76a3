package io.github.camelpushgateway;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.support.PluginHelper;

/**
 * Detection of the thread that blocks until its exchanges are done, such as a caller of {@code ProducerTemplate}.
 * Such a thread may send its requests itself. Camel calls an asynchronous producer in the same way whether the thread
 * will block or not, but it lists the blocked threads. A thread that was blocked when its push ended, and whose push
 * was the only pending one, may send its next pushes itself. After {@link #PUSHES_PER_OBSERVATION} pushes it is
 * observed again.
 */
final class WaitingCallers {

    /** Number of pushes that a thread sends itself before it is observed again. */
    static final int PUSHES_PER_OBSERVATION = 100;

    private final CamelContext context;
    private final AtomicInteger pending = new AtomicInteger();

    private volatile Permit permit = new Permit(0, 0);

    WaitingCallers(CamelContext context) {
        this.context = context;
    }

    /** Number of pushes that one thread may still send itself. Only that thread changes the number. */
    private static final class Permit {

        private final long threadId;
        private int remaining;

        Permit(long threadId, int remaining) {
            this.threadId = threadId;
            this.remaining = remaining;
        }
    }

    /** Returns whether the calling thread is known to block until the push that it begins now is done. */
    boolean waits() {
        Permit known = permit;
        if (known.threadId != Thread.currentThread().getId() || known.remaining == 0) {
            return false;
        }
        known.remaining--;
        return true;
    }

    /** Records the start of a push that its caller does not send itself. */
    void begin() {
        pending.incrementAndGet();
    }

    /**
     * Records the outcome of such a push, and checks whether its caller is blocked. Must be called before the
     * exchange continues.
     *
     * @param caller the thread that started the push
     * @param exchange the exchange of the push
     */
    void end(Thread caller, Exchange exchange) {
        if (pending.getAndDecrement() == 1 && isBlocked(caller, exchange)) {
            permit = new Permit(caller.getId(), PUSHES_PER_OBSERVATION);
        }
    }

    private boolean isBlocked(Thread caller, Exchange exchange) {
        AsyncProcessorAwaitManager awaiting = PluginHelper.getAsyncProcessorAwaitManager(context);
        for (AsyncProcessorAwaitManager.AwaitThread each : awaiting.browse()) {
            if (each.getBlockedThread() == caller && each.getExchange() == exchange) {
                return true;
            }
        }
        return false;
    }
}
