package io.github.camelpushgateway;

import io.github.camelpushgateway.options.OptionText;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Binding of the job of an exchange. The job comes from the header, or otherwise from the URI, which may contain Simple
 * expressions.
 */
final class JobBinding {

    private final OptionText option;

    /**
     * Creates the binding of a job.
     *
     * @throws IllegalArgumentException if the job in the URI contains an invalid expression
     */
    JobBinding(CamelContext context, PushgatewayConfiguration configuration, String job) {
        option = OptionText.of(context, configuration.isExpressions(), job);
    }

    /**
     * Validates that a job contains whole expressions. The first question mark in a URI ends the job, even within an
     * expression.
     *
     * @throws IllegalArgumentException if the last expression is not closed
     */
    static void validateExpressions(String job) {
        int start = Math.max(job.lastIndexOf("${"), job.lastIndexOf("$simple{"));
        if (start >= 0 && job.indexOf('}', start) < 0) {
            throw new IllegalArgumentException("the expression in the job '" + job
                    + "' is not closed: a question mark in a URI starts the options, even within an expression;"
                    + " close the expression, or set the job with the header " + PushgatewayConstants.JOB
                    + " or with toD");
        }
    }

    /** Returns the job in the URI, or a valid example if it depends on the exchange. */
    String example() {
        return option.isConstant() ? option.toString() : "x";
    }

    /** Returns whether the job in the URI is the same for all exchanges. */
    boolean isConstant() {
        return option.isConstant();
    }

    /** Returns whether an exchange uses the job in the URI, and this job is the same for all exchanges. */
    boolean isConstantFor(Message message) {
        // the header may be a stream, which can be read only once
        return option.isConstant() && message.getHeader(PushgatewayConstants.JOB) == null;
    }

    /**
     * Returns the job of an exchange.
     *
     * @throws IllegalArgumentException if an expression in the job has no result
     */
    String of(Message message) {
        String header = header(message);
        return header == null ? ofUri(message.getExchange()) : header;
    }

    /**
     * Returns the job in the URI for an exchange, and ignores the header.
     *
     * @throws IllegalArgumentException if an expression in the job has no result
     */
    String ofUri(Exchange exchange) {
        String job = option.text(exchange);
        if (job == null || job.isEmpty()) {
            throw new IllegalArgumentException(
                    "the expression in the job " + option
                            + " has no result for this exchange; set the value that the expression reads, or set the job with the header "
                            + PushgatewayConstants.JOB,
                    exchange.getException());
        }
        return job;
    }

    /** Returns the job of this exchange for use in an error message. Expressions are not evaluated. */
    String describe(Message message) {
        String header = header(message);
        return header == null ? option.toString() : header;
    }

    /** Returns the job in the URI as written in the route. */
    @Override
    public String toString() {
        return option.toString();
    }

    private static @Nullable String header(Message message) {
        return message.getHeader(PushgatewayConstants.JOB, String.class);
    }
}
