package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Exception handler that detects failures of a route's consumer without an exchange in the route. It delegates to the original handler. */
final class ConsumerFailureListener implements ExceptionHandler {

    private final RouteRuns runs;
    private final RunScope scope;
    private final ExceptionHandler next;

    private ConsumerFailureListener(RouteRuns runs, RunScope scope, ExceptionHandler next) {
        this.runs = runs;
        this.scope = scope;
        this.next = next;
    }

    /** Installs a listener on the route's consumer if the consumer supports it and has none yet. */
    static void install(Route route, RouteRuns runs, RunScope scope) {
        if (route.getConsumer() instanceof DefaultConsumer consumer
                // this handler creates an exchange for each failure, so the failure is part of a run
                && !(consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler)
                && !isInstalled(consumer.getExceptionHandler(), scope)) {
            consumer.setExceptionHandler(new ConsumerFailureListener(runs, scope, consumer.getExceptionHandler()));
        }
    }

    private static boolean isInstalled(ExceptionHandler handler, RunScope scope) {
        return handler instanceof ConsumerFailureListener failures
                && (failures.scope == scope || isInstalled(failures.next, scope));
    }

    @Override
    public void handleException(Throwable exception) {
        runs.fail(exception);
        next.handleException(exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        runs.fail(exception);
        next.handleException(message, exception);
    }

    @Override
    public void handleException(String message, @Nullable Exchange exchange, Throwable exception) {
        if (exchange == null || (scope.of(exchange) == null && !TrackedExchange.isIdlePoll(exchange))) {
            runs.fail(exception);
        } else {
            runs.exchangeFailed(exception);
        }
        next.handleException(message, exchange, exception);
    }
}
