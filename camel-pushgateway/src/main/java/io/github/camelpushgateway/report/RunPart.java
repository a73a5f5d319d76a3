package io.github.camelpushgateway.report;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.Synchronization;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a run. It ends when Camel is done with the exchange, after everything else that waits for that, such as moving a
 * file to its done folder; or before, if somebody says so. An exchange that is handed over to another one, by {@code seda}, ends
 * with that.
 */
final class RunPart implements Synchronization, Ordered {

    private final Run run;
    private final boolean counted;

    @Nullable
    private final Throwable inherited;

    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Begins to watch an exchange.
     *
     * @param counted whether the records that it tells of are not told of by another part
     */
    RunPart(Run run, Exchange exchange, boolean counted) {
        this.run = run;
        this.counted = counted;
        // a route that deals with dead letters has not failed because they have
        inherited = exchange.getException() == null ? Failure.caught(exchange) : null;
        exchange.getExchangeExtension().addOnCompletion(this);
    }

    void end(Exchange exchange) {
        if (ended.compareAndSet(false, true)) {
            RunOutcome outcome = run.route().outcome(exchange);
            if (!outcome.success() && inherited != null && Failure.isOnly(inherited, exchange)) {
                outcome = outcome.withSuccess(true);
            }
            run.end(counted ? outcome : outcome.withoutRecords(), exchange);
        }
    }

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
