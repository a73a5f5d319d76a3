package io.github.camelpushgateway.report;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.ScheduledPollConsumer;

/** Recognizes the exchange that a consumer makes when a poll finds nothing, with {@code sendEmptyMessageWhenIdle}. */
final class IdlePoll {

    /** The method of {@link ScheduledPollConsumer} that makes such an exchange; nothing on the exchange tells it from others. */
    private static final String METHOD = "processEmptyMessage";

    private IdlePoll() {}

    /** Tells whether the current thread is in the method that makes an exchange for an idle poll. */
    static boolean isMaking(Exchange exchange) {
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
