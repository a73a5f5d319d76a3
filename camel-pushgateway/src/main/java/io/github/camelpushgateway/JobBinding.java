package io.github.camelpushgateway;

import io.github.camelpushgateway.options.OptionText;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Reads the job from an exchange: the header, or else the job in the URI, which may hold Simple expressions. */
final class JobBinding {

    private final OptionText option;

    /** @throws IllegalArgumentException if the job in the URI holds an invalid expression */
    JobBinding(CamelContext context, PushgatewayConfiguration configuration, String job) {
        option = OptionText.of(context, configuration.isExpressions(), job);
    }

    /** @throws IllegalArgumentException if a job ends within an expression */
    static void checkComplete(String job) {
        int start = Math.max(job.lastIndexOf("${"), job.lastIndexOf("$simple{"));
        if (start >= 0 && job.indexOf('}', start) < 0) {
            throw new IllegalArgumentException("the job is '" + job
                    + "', which ends within an expression: a question mark in a URI begins the options; close the expression, or set the"
                    + " job by the header " + PushgatewayConstants.JOB + " or by toD");
        }
    }

    /** Returns the job in the URI, or a sample of it where it depends on the exchange. */
    String sample() {
        return option.isConstant() ? option.toString() : "x";
    }

    /** Returns whether the job in the URI is the same for all exchanges. */
    boolean isConstant() {
        return option.isConstant();
    }

    /** Returns whether the job of this exchange is the same for all exchanges. */
    boolean isConstantFor(Message message) {
        return option.isConstant() && header(message) == null;
    }

    /**
     * Returns the job of an exchange.
     *
     * @throws IllegalArgumentException if the expression of the job has no result
     */
    String of(Message message) {
        String header = header(message);
        return header == null ? ofUri(message.getExchange()) : header;
    }

    /**
     * Returns the job in the URI for an exchange. The header has no effect.
     *
     * @throws IllegalArgumentException if the expression of the job has no result
     */
    String ofUri(Exchange exchange) {
        String job = option.text(exchange);
        if (job == null || job.isEmpty()) {
            throw new IllegalArgumentException(
                    "the job is " + option
                            + ", which has no result for this exchange; set what it reads, or set the job by the header "
                            + PushgatewayConstants.JOB,
                    exchange.getException());
        }
        return job;
    }

    /** Returns the job for a message about this exchange, without an evaluation. */
    String shown(Message message) {
        String header = header(message);
        return header == null ? option.toString() : header;
    }

    /** Returns the job in the URI as the route's author wrote it. */
    @Override
    public String toString() {
        return option.toString();
    }

    private static @Nullable String header(Message message) {
        return message.getHeader(PushgatewayConstants.JOB, String.class);
    }
}
