package io.github.camelpushgateway.report;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.SafeCopyProperty;
import org.jspecify.annotations.Nullable;

/**
 * The failure state of one exchange, from its creation on. {@link FailureTracker} writes it; a route can neither remove nor change it.
 * Copies of an exchange carry a link to it, so the failure that an error handler processes is visible in every copy that the handler
 * makes.
 */
final class TrackedExchange {

    private static final String PROPERTY = "CamelPushgatewayTracked";

    private final Tracking tracking;
    private final String exchangeId;

    @Nullable
    private final Endpoint fromEndpoint;

    /** The exchange that does not end before this one does; none for copies that nobody waits for, and after the end. */
    @Nullable
    private volatile TrackedExchange caller;

    /** The caller that the exchange had, after its end as well; if that had ended before, the one that the caller was a part of. */
    @Nullable
    private volatile TrackedExchange whole;

    private final boolean root;

    /** Whether the exchange goes on after its end, or that of the exchange that it is a copy of, as resequence does. */
    private final boolean resumed;

    /** Whether the exchange is a copy of one that had failed, or whose failure was being handled. */
    private final boolean inheritedFailure;

    private final boolean originKnown;
    private final boolean idlePoll;

    @Nullable
    private final Integer splitIndex;

    @Nullable
    private final BatchPart batchPart;

    /** The splits that keep their aggregation strategy in a property of the exchange. */
    private final Set<Object> splits;

    /** How many handlers of failures are processing the exchange: error handlers, doCatch and doFinally. */
    private int handlers;

    /** The routes at whose end the exchange had failed, and whose onCompletion may be processing it. Few exchanges have any. */
    @Nullable
    private Deque<String> completions;

    private boolean failed;

    /** Whether a handler has lost the exception of a failure that no error handler has handled. Camel continues the route then. */
    private boolean exceptionLost;

    private boolean ended;

    /**
     * All that is tracked in a Camel context.
     *
     * @param live the exchanges that have not ended, by id
     * @param polls the last poll of each route, by id
     */
    record Tracking(ConcurrentMap<String, TrackedExchange> live, ConcurrentMap<String, Poll> polls) {

        Tracking() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /**
     * The link from an exchange to its state. A copy has the link of the exchange that it was made from.
     *
     * @param failedWhenCopied whether that exchange had failed when the copy was made; nothing if this is not a copy
     */
    private record Link(TrackedExchange tracked, @Nullable Boolean failedWhenCopied) implements SafeCopyProperty {

        @Override
        public SafeCopyProperty safeCopy() {
            return new Link(
                    tracked, Boolean.TRUE.equals(failedWhenCopied) || current().isFailing());
        }

        boolean leadsTo(TrackedExchange other) {
            return tracked == other || current() == other;
        }

        TrackedExchange current() {
            return tracked.current();
        }
    }

    private TrackedExchange(Tracking tracking, Exchange exchange) {
        this.tracking = tracking;
        exchangeId = exchange.getExchangeId();
        fromEndpoint = exchange.getFromEndpoint();
        String correlationId = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
        Link link = link(exchange);
        TrackedExchange correlated = correlationId == null ? null : find(tracking, link, correlationId);
        TrackedExchange parent = correlated == null && link != null ? link.tracked() : correlated;
        splitIndex = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
        splits = splits(exchange);
        if (parent == null) {
            boolean aggregated = exchange.getProperty(ExchangePropertyKey.AGGREGATED_SIZE) != null;
            List<Exchange> grouped = aggregated ? grouped(exchange) : List.of();
            root = true;
            whole = null;
            resumed = false;
            inheritedFailure = grouped.stream().anyMatch(TrackedExchange::isFailing);
            originKnown = aggregated
                    ? !grouped.isEmpty() && grouped.stream().allMatch(TrackedExchange::isKnown)
                    : correlationId == null;
            idlePoll = IdlePoll.isMaking(exchange);
            batchPart = BatchPart.read(exchange, tracking.polls());
        } else {
            boolean onCompletion = exchange.getProperty(ExchangePropertyKey.ON_COMPLETION) != null;
            boolean sameConsumer = fromEndpoint == parent.fromEndpoint;
            root = false;
            boolean parentEnded = parent.hasEnded();
            boolean follows = (correlated != null || parent.exchangeId.equals(exchangeId)) && !onCompletion;
            resumed = follows && parentEnded && sameConsumer;
            caller = follows && !parentEnded && (sameConsumer || isKamelet(fromEndpoint)) ? parent : null;
            whole = caller;
            inheritedFailure =
                    (link != null && link.failedWhenCopied() != null && !parent.exchangeId.equals(exchangeId))
                            ? link.failedWhenCopied() || (!link.leadsTo(parent) && parent.isFailing())
                            : parent.isFailing();
            originKnown = parent.originKnown;
            idlePoll = parent.idlePoll;
            boolean noPart = splitIndex == null || isLeftOver(splitIndex, link, parent);
            batchPart = noPart && (sameConsumer || caller != null) ? parent.batchPart : null;
        }
    }

    /** AggregationListener copy the link of a part to the whole, which has not ended. */
    private TrackedExchange current() {
        TrackedExchange current = this;
        TrackedExchange next = whole;
        while (next != null && current.hasEnded()) {
            current = next;
            next = current.whole;
        }
        return current;
    }

    private static Set<Object> splits(Exchange exchange) {
        Map<?, ?> strategies = exchange.getProperty(ExchangePropertyKey.AGGREGATION_STRATEGY, Map.class);
        return strategies == null ? Set.of() : Set.copyOf(strategies.keySet());
    }

    /** Returns the exchanges that an aggregation has put into a new one, which is not linked to them. */
    private static List<Exchange> grouped(Exchange exchange) {
        return exchange.getIn().getBody() instanceof Collection<?> body
                        && body.stream().allMatch(Exchange.class::isInstance)
                ? body.stream().map(Exchange.class::cast).toList()
                : List.of();
    }

    /** A copy for a Kamelet seems to come from a consumer of the Kamelet's, but the caller waits for it. */
    private static boolean isKamelet(@Nullable Endpoint endpoint) {
        return endpoint != null && endpoint.getEndpointUri().startsWith("kamelet:");
    }

    /** After a split with an aggregation strategy, Camel leaves the index of the last part on the exchange. */
    private static boolean isLeftOver(Integer index, @Nullable Link link, TrackedExchange parent) {
        TrackedExchange last = link == null ? parent : link.tracked();
        return last != parent && last.hasEnded() && index.equals(last.splitIndex);
    }

    /** Starts to track an exchange that begins a unit of work. */
    static TrackedExchange begin(Tracking tracking, Exchange exchange) {
        TrackedExchange tracked = new TrackedExchange(tracking, exchange);
        tracking.live().put(tracked.exchangeId, tracked);
        tracked.setLink(exchange);
        return tracked;
    }

    /** Returns the state of exactly this exchange, which is tracked from now on if it was not. */
    static TrackedExchange own(Tracking tracking, Exchange exchange) {
        TrackedExchange found = find(tracking, link(exchange), exchange.getExchangeId());
        TrackedExchange own = found == null ? new TrackedExchange(tracking, exchange) : found;
        own.renewLink(exchange);
        return own;
    }

    /** Links an exchange to its state again if it has taken over the results, and with them the link, of an exchange of another run. */
    static void restoreLink(Tracking tracking, Exchange exchange) {
        Link link = link(exchange);
        TrackedExchange own = link == null || link.tracked().exchangeId.equals(exchange.getExchangeId())
                ? null
                : tracking.live().get(exchange.getExchangeId());
        if (own != null && link != null && !link.leadsTo(own)) {
            own.setLink(exchange);
        }
    }

    /** Returns the state of an exchange, which a copy inherits until it is tracked itself; nothing if its origin was not tracked. */
    private static @Nullable TrackedExchange of(Exchange exchange) {
        Link link = link(exchange);
        if (link == null) {
            return null;
        }
        Tracking tracking = link.tracked().tracking;
        TrackedExchange own = find(tracking, link, exchange.getExchangeId());
        return own == null ? new TrackedExchange(tracking, exchange) : own;
    }

    private static @Nullable Link link(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(PROPERTY, Link.class);
    }

    private void setLink(Exchange exchange) {
        setLink(exchange, this);
    }

    private static void setLink(Exchange exchange, TrackedExchange tracked) {
        exchange.getExchangeExtension().setSafeCopyProperty(PROPERTY, new Link(tracked, null));
    }

    /** An aggregation copies the link of a part to the exchange, with what was known when the part was made. */
    private void renewLink(Exchange exchange) {
        Link link = link(exchange);
        setLink(exchange, link != null && link.leadsTo(this) ? link.tracked() : this);
    }

    /** AggregationListener copy the link of a part to the whole, so what is linked may be a part that was called. */
    private static @Nullable TrackedExchange find(Tracking tracking, @Nullable Link link, String exchangeId) {
        TrackedExchange found = tracking.live().get(exchangeId);
        TrackedExchange next = link == null ? null : link.tracked();
        while (found == null && next != null) {
            found = next.exchangeId.equals(exchangeId) ? next : null;
            next = next.caller;
        }
        return found;
    }

    /** Tells whether the origin of an exchange was tracked, so that a failure cannot have been missed. */
    static boolean isKnown(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.originKnown;
    }

    /** Tells whether the exchange goes on in the route after Camel has ended it there before. */
    static boolean isResumed(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.resumed;
    }

    /** Tells whether a consumer made the exchange because it found nothing to consume, or it is a copy of such an exchange. */
    static boolean isIdlePoll(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.idlePoll;
    }

    /** Returns the position of the exchange in the batch of a poll; nothing for other consumers and for parts of a split. */
    static @Nullable BatchPart batchPart(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked == null ? null : tracked.batchPart;
    }

    /** Tells whether the exchange is that one, or one that it waits for. */
    static boolean isCalledBy(String callerId, Exchange exchange) {
        if (callerId.equals(exchange.getExchangeId())) {
            return true;
        }
        TrackedExchange next = of(exchange);
        while (next != null && !next.exchangeId.equals(callerId)) {
            next = next.caller;
        }
        return next != null;
    }

    /** Tells whether the exchange has failed, or is a copy of one that has, wherever in a route it is. */
    static boolean isFailing(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return hasFailureOn(exchange) || (tracked != null && tracked.isFailing());
    }

    /** Tells whether the exchange itself has failed, at its end or at the end of a route. */
    static boolean hasFailed(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return hasFailureOn(exchange) || (tracked != null && tracked.hasFailed());
    }

    private static boolean hasFailureOn(Exchange exchange) {
        return exchange.getException() != null
                || exchange.isRollbackOnly()
                || exchange.isRollbackOnlyLast()
                // the copies of a router have this mark only
                || Boolean.TRUE.equals(exchange.getExchangeExtension().getErrorHandlerHandled());
    }

    private synchronized boolean isFailing() {
        return inheritedFailure || failed || exceptionLost || handlers > 0;
    }

    private synchronized boolean hasFailed() {
        return failed || exceptionLost;
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    /** An error handler or a block that processes the failure begins. */
    synchronized void beginHandler() {
        handlers++;
    }

    /** The block has processed the failure. */
    void endHandler(Exchange exchange) {
        endHandler();
        renewLink(exchange);
    }

    private synchronized void endHandler() {
        handlers = Math.max(0, handlers - 1);
    }

    /**
     * An error handler has processed the failure. If it stops the route without having handled the failure, it puts the exception back,
     * unless the exception is lost.
     */
    void endErrorHandler(Exchange exchange) {
        endHandler();
        if (Boolean.FALSE.equals(exchange.getExchangeExtension().getErrorHandlerHandled())
                && exchange.getException() == null) {
            loseException();
        }
    }

    /** No exchange that waits for this one will see the exception. */
    private void loseException() {
        for (TrackedExchange next = this; next != null; next = next.caller) {
            synchronized (next) {
                next.exceptionLost = true;
            }
        }
    }

    /** A route has ended for the exchange, and its onCompletion may follow. */
    void beginCompletion(String routeId, Exchange exchange) {
        if (hasFailed(exchange)) {
            synchronized (this) {
                completions = completions == null ? new ArrayDeque<>() : completions;
                completions.push(routeId);
                handlers++;
            }
            // an aggregation may have copied the link of a part here, which copies in onCompletion would get
            setLink(exchange);
        }
    }

    /** The onCompletion of a route, if it has one, has processed the exchange. */
    void endCompletion(String routeId, Exchange exchange) {
        synchronized (this) {
            if (completions == null || !routeId.equals(completions.peek())) {
                return;
            }
            completions.pop();
        }
        endHandler(exchange);
    }

    /** Tells whether the exchange is a part of a split that cannot aggregate it, since the route has removed the strategy. */
    private boolean hasLeftSplit(Exchange exchange) {
        TrackedExchange waiting = caller;
        Set<Object> left = splits(exchange);
        return waiting != null
                && splits.stream().anyMatch(split -> !waiting.splits.contains(split) && !left.contains(split));
    }

    /** The unit of work has ended. */
    void end(Exchange exchange) {
        boolean exchangeFailed = hasFailed(exchange);
        synchronized (this) {
            failed = exchangeFailed;
            ended = true;
        }
        if (exchange.getException() != null && hasLeftSplit(exchange)) {
            loseException();
        }
        if (root && batchPart != null) {
            batchPart.poll().end(batchPart.index());
        }
        // otherwise exchanges that a route sends to itself again and again would keep all that were before
        caller = null;
        TrackedExchange before = whole;
        whole = before == null ? null : before.current();
        setLink(exchange);
        tracking.live().remove(exchangeId, this);
    }
}
