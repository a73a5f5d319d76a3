package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.TrackedExchange.Tracking;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.camel.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Traceable;
import org.apache.camel.spi.CamelInternalProcessorAdvice;
import org.apache.camel.spi.InternalProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Advice that tracks failed exchanges in {@code doFinally}. Camel sends no event for them and removes the exception from the exchange
 * before the first step of the block. This advice runs before that.
 */
final class FinallyTracking implements CamelInternalProcessorAdvice<TrackedExchange> {

    private final Tracking tracking;

    /** Advice that restores the link before each step, since the previous step may be a {@code pollEnrich}, which sends no event. */
    private record LinkRestoration(Tracking tracking) implements CamelInternalProcessorAdvice<Object> {

        @Override
        public @Nullable Object before(Exchange exchange) {
            TrackedExchange.restoreLink(tracking, exchange);
            return null;
        }

        @Override
        public void after(Exchange exchange, @Nullable Object none) {}

        @Override
        public boolean hasState() {
            return false;
        }
    }

    private FinallyTracking(Tracking tracking) {
        this.tracking = tracking;
    }

    /** Tracks all steps and doFinally blocks of a route, including its onException and onCompletion. */
    static void install(Route route, Tracking tracking) {
        Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
        FinallyTracking advice = new FinallyTracking(tracking);
        advice.visit(route.getProcessor(), visited);
        for (Processor processor : route.getOnExceptions()) {
            advice.visit(processor, visited);
        }
        for (Processor processor : route.getOnCompletions()) {
            advice.visit(processor, visited);
        }
    }

    private void visit(@Nullable Object processor, Set<Object> visited) {
        if (!(processor instanceof Navigate<?> node) || !visited.add(processor) || !node.hasNext()) {
            return;
        }
        List<?> next = node.next();
        if (processor instanceof InternalProcessor step && step.getAdvice(LinkRestoration.class) == null) {
            step.addAdvice(new LinkRestoration(tracking));
        }
        if (processor instanceof InternalProcessor channel
                && channel.getAdvice(FinallyTracking.class) == null
                && hasFinally(next)) {
            channel.addAdvice(this);
        }
        for (Object each : next) {
            visit(each, visited);
        }
        if (processor instanceof Channel channel) {
            // the output includes the steps of an intercept, which surround the step
            visit(channel.getOutput(), visited);
        }
    }

    private static boolean hasFinally(List<?> processors) {
        for (Object processor : processors) {
            if (processor instanceof Traceable traced && "finally".equals(traced.getTraceLabel())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable TrackedExchange before(Exchange exchange) {
        if (exchange.getException() == null) {
            return null;
        }
        TrackedExchange tracked = TrackedExchange.own(tracking, exchange);
        tracked.beginHandler();
        return tracked;
    }

    @Override
    public void after(Exchange exchange, @Nullable TrackedExchange tracked) {
        if (tracked != null) {
            tracked.endHandler(exchange);
        }
    }
}
