package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an exchange has failed, also where Camel has taken the exception off it: while and after an error handler deals
 * with it ({@code onException}, a dead letter channel), in {@code onCompletion}, in {@code doCatch} and {@code doFinally}.
 *
 * <p>In all of these Camel leaves behind the exception that it caught <em>and</em> the route in which it was thrown. An exchange that
 * was told to continue, that has left its {@code doTry} in peace, or that was tried again with success has at most the first: the
 * last by way of {@link FailureSigns}, which also tells what an {@code onCompletion} cannot see.
 */
final class Failure {

    private Failure() {}

    static boolean isIn(Exchange exchange) {
        Boolean ended = FailureSigns.hasFailed(exchange);
        return ended != null ? ended : isMarked(exchange) || caught(exchange) != null;
    }

    /** Returns the exception that somebody has given up on and that is no longer on the exchange. */
    static @Nullable Throwable caught(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID) == null
                ? null
                : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** Tells whether there is no other sign of a failure than that exception, which was there before. */
    static boolean isOnly(Throwable inherited, Exchange exchange) {
        return !isMarked(exchange) && caught(exchange) == inherited;
    }

    private static boolean isMarked(Exchange exchange) {
        return exchange.getException() != null
                || exchange.isRollbackOnly()
                || exchange.isRollbackOnlyLast()
                || exchange.getExchangeExtension().isFailureHandled();
    }
}
