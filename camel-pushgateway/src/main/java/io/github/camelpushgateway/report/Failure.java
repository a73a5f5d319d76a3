package io.github.camelpushgateway.report;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/**
 * Tells whether an exchange has failed, also where Camel has taken the exception off it.
 *
 * <p>An exchange that is at its end says so by itself. One that is on its way does not, while an error handler deals with it
 * ({@code onException}, a dead letter channel), in {@code doCatch} and in {@code doFinally}: there Camel leaves behind only the
 * exception that it caught and the route in which it was thrown. It leaves them behind as well, however, after an exchange was told to
 * continue or was tried again with success; what tells these apart is noted by {@link FailureSigns}, as is how an exchange ended for
 * the copy that {@code onCompletion} is given.
 */
final class Failure {

    private Failure() {}

    /** Tells whether the exchange has failed, wherever it is. */
    static boolean isIn(Exchange exchange) {
        FailureSigns.Signs signs = FailureSigns.on(exchange);
        if (signs != null && signs.isOfEnd(exchange)) {
            return signs.failed();
        }
        return hasEndedIn(exchange) || (isCaught(exchange) && (signs == null || signs.handling() || isInTry(exchange)));
    }

    /** Tells whether an exchange that is at its end has failed. */
    static boolean hasEndedIn(Exchange exchange) {
        return exchange.getException() != null
                || exchange.isRollbackOnly()
                || exchange.isRollbackOnlyLast()
                // the first mark alone stays when a failure was looked at but not handled, and then mended by a doTry
                // around;
                // one that was told to continue may have both marks, but keeps no exception
                || (exchange.getExchangeExtension().isFailureHandled()
                        && Boolean.TRUE.equals(exchange.getExchangeExtension().getErrorHandlerHandled())
                        && exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) != null);
    }

    private static boolean isCaught(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) != null
                && exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID) != null;
    }

    private static boolean isInTry(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, Boolean.class);
    }
}
