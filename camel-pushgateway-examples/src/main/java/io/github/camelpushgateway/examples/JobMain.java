package io.github.camelpushgateway.examples;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Runs the job of {@code application.properties} once, and ends. The exit code is 1 if the run failed. */
public final class JobMain {

    private JobMain() {}

    /** Starts the application, waits for the end of the run, and exits. */
    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        EndOfRun endOfRun = new EndOfRun(main);
        // Camel uses the event notifiers of its registry
        main.bind("endOfRun", endOfRun);
        int code = main.run(arguments);
        System.exit(endOfRun.failed.get() ? 1 : code);
    }

    /** Stops the application at the end of a run, and keeps its outcome. */
    private static final class EndOfRun extends EventNotifierSupport {

        private final AtomicBoolean failed = new AtomicBoolean();
        private final Main main;

        EndOfRun(Main main) {
            this.main = main;
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event.getType() == CamelEvent.Type.ExchangeCompleted
                    || event.getType() == CamelEvent.Type.ExchangeFailed;
        }

        @Override
        public void notify(CamelEvent event) {
            Exchange exchange = ((ExchangeEvent) event).getExchange();
            // a part of a split, or another copy, has the id of the exchange of the run, and does not end the run
            Object run = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID);
            if (run != null && !run.equals(exchange.getExchangeId())) {
                return;
            }
            // an error handler may have handled the failure
            if (exchange.isFailed() || exchange.getExchangeExtension().isFailureHandled()) {
                failed.set(true);
            }
            // a batch consumer, such as file, ends with the last exchange of its poll
            if (exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE, true, Boolean.class)) {
                main.completed();
            }
        }
    }
}
