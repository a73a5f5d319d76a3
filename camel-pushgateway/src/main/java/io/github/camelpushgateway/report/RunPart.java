package io.github.camelpushgateway.report;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.SynchronizationVetoable;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a run. It ends when Camel completes the exchange, after all other synchronizations, such as the move of a file to its
 * done folder. {@link #end} can end it earlier.
 *
 * <p>It is not handed over to a copy, such as one sent by {@code seda}, since the outcome of a copy does not describe the work of this
 * exchange.
 */
final class RunPart implements SynchronizationVetoable, Ordered {

    private final Run run;
    private final boolean counted;

    @Nullable
    private final Instant started;

    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Begins a part and registers it with the exchange.
     *
     * @param counted whether the exchange's records belong to this part; false if another part counts them
     * @param started the start of the part, or null if it started with the exchange
     */
    RunPart(Run run, Exchange exchange, boolean counted, @Nullable Instant started) {
        this.run = run;
        this.counted = counted;
        this.started = started;
        run.owner().pending().begin();
        exchange.getExchangeExtension().addOnCompletion(this);
    }

    /** Ends the part, unless it has already ended. */
    void end(Exchange exchange) {
        if (ended.compareAndSet(false, true)) {
            try {
                boolean success = !TrackedExchange.hasFailed(exchange);
                RunOutcome outcome = counted ? run.owner().outcome(exchange) : RunOutcome.of(exchange);
                outcome = outcome.withSuccess(success);
                run.end(started == null ? outcome : outcome.withStart(started), exchange);
            } finally {
                run.owner().pending().end();
            }
        }
    }

    @Override
    public boolean allowHandover() {
        return false;
    }

    @Override
    public void beforeHandover(Exchange target) {}

    @Override
    public void onComplete(Exchange exchange) {
        end(exchange);
    }

    @Override
    public void onFailure(Exchange exchange) {
        end(exchange);
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }
}
