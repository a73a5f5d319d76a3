package io.github.camelpushgateway.report;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;

/** Detection of exchanges that a consumer creates when a poll finds nothing and {@code sendEmptyMessageWhenIdle} is set. */
final class IdlePoll {

    /** The method of {@link ScheduledPollConsumer} that creates such an exchange. Nothing on the exchange itself distinguishes it. */
    private static final String METHOD = "processEmptyMessage";

    private IdlePoll() {}

    /** Returns whether the current thread is in the method that creates an exchange for an idle poll. */
    static boolean isBeingCreated(Exchange exchange) {
        Route route = exchange.getFromRouteId() == null || exchange.getIn().getBody() != null
                ? null
                : exchange.getContext().getRoute(exchange.getFromRouteId());
        Consumer consumer = route == null ? null : route.getConsumer();
        return consumer instanceof ScheduledPollConsumer polling
                && polling.isSendEmptyMessageWhenIdle()
                && StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getMethodName().equals(METHOD)));
    }
}
