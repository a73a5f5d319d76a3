package io.github.camelpushgateway.conversion;

import org.apache.camel.Exchange;

/** Makes copies of exchanges on which something can be evaluated without a trace. */
public final class ExchangeCopies {

    private ExchangeCopies() {}

    /** Returns a copy on which an exception can only be one of an evaluation. */
    public static Exchange withoutFailure(Exchange exchange) {
        Exchange copy = exchange.copy();
        copy.setException(null);
        return copy;
    }
}
