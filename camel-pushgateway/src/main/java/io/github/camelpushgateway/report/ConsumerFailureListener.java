package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Notices what goes wrong in the consumer of a route before there is an exchange in the route, and lets go on what was before. */
final class ConsumerFailureListener implements ExceptionHandler {

    private final RouteRuns runs;
    private final RunScope scope;
    private final ExceptionHandler next;

    private ConsumerFailureListener(RouteRuns runs, RunScope scope, ExceptionHandler next) {
        this.runs = runs;
        this.scope = scope;
        this.next = next;
    }

    /** Begins to watch the route's consumer, if it lets itself be watched and is not yet. */
    static void watch(Route route, RouteRuns runs, RunScope scope) {
        if (route.getConsumer() instanceof DefaultConsumer consumer
                // makes an exchange of a failure, which is a run then
                && !(consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler)
                && !isWatched(consumer.getExceptionHandler(), scope)) {
            consumer.setExceptionHandler(new ConsumerFailureListener(runs, scope, consumer.getExceptionHandler()));
        }
    }

    private static boolean isWatched(ExceptionHandler handler, RunScope scope) {
        return handler instanceof ConsumerFailureListener failures
                && (failures.scope == scope || isWatched(failures.next, scope));
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
            runs.failed(exception);
        }
        next.handleException(message, exchange, exception);
    }
}
