package io.github.camelpushgateway.report;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.spi.Synchronization;

/**
 * One exchange of a run. It ends when Camel is done with the exchange, after everything else that waits for that, such as moving a
 * file to its done folder; or before, if somebody says so. An exchange that is handed over to another one, by {@code seda}, ends
 * with that.
 */
final class RunPart implements Synchronization, Ordered {

    private final Run run;
    private final boolean counted;

    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Begins to watch an exchange.
     *
     * @param counted whether the records that it tells of are not told of by another part
     */
    RunPart(Run run, Exchange exchange, boolean counted) {
        this.run = run;
        this.counted = counted;
        run.route().pending().begin();
        exchange.getExchangeExtension().addOnCompletion(this);
    }

    void end(Exchange exchange) {
        if (ended.compareAndSet(false, true)) {
            try {
                RunOutcome outcome = run.route().outcome(exchange).withSuccess(!Failure.hasEndedIn(exchange));
                run.end(counted ? outcome : outcome.withoutRecords(), exchange);
            } finally {
                run.route().pending().end();
            }
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
