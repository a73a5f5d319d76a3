package io.github.camelpushgateway.conversion;

import org.apache.camel.Exchange;

/** Copies of exchanges, on which an evaluation leaves no trace in the original. */
public final class ExchangeCopies {

    private ExchangeCopies() {}

    /** Returns a copy without an exception. An exception on the copy therefore comes from an evaluation. */
    public static Exchange withoutFailure(Exchange exchange) {
        Exchange copy = exchange.copy();
        copy.setException(null);
        return copy;
    }
}
