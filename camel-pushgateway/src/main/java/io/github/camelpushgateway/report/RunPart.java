package io.github.camelpushgateway.report;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.SynchronizationVetoable;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a run. It ends when Camel is done with the exchange, after everything else that waits for that, such as moving a
 * file to its done folder; or before, if somebody says so. It is not handed over with what else waits for that end: what became of a
 * copy, by {@code seda}, says nothing of the work that goes on here.
 */
final class RunPart implements SynchronizationVetoable, Ordered {

    private final Run run;
    private final boolean counted;

    @Nullable
    private final Instant started;

    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Begins to watch an exchange.
     *
     * @param counted whether the records that it tells of are not told of by another part
     * @param started when it began, if not with the exchange
     */
    RunPart(Run run, Exchange exchange, boolean counted, @Nullable Instant started) {
        this.run = run;
        this.counted = counted;
        this.started = started;
        run.owner().pending().begin();
        exchange.getExchangeExtension().addOnCompletion(this);
    }

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
