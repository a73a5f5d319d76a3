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
 * The failure state of one exchange since its creation. {@link FailureTracker} updates it; a route can neither remove nor change it.
 * Copies of an exchange have a link to it, so a failure that an error handler processes is visible in every copy that the handler
 * creates.
 */
final class TrackedExchange {

    private static final String PROPERTY = "CamelPushgatewayTracked";

    private final Tracking tracking;
    private final String exchangeId;

    @Nullable
    private final Endpoint fromEndpoint;

    /** The exchange that waits for the end of this one. It is null for copies that no exchange waits for, and after the end. */
    @Nullable
    private volatile TrackedExchange caller;

    /** The caller, kept after the end of this exchange. If the caller ended first, this is the exchange of which it was a part. */
    @Nullable
    private volatile TrackedExchange whole;

    private final boolean root;

    /** Whether the exchange continues after its end or after the end of its original, as with resequence. */
    private final boolean resumed;

    /** The thread that began to track the exchange, if it is one of a resequencer, and else null. */
    @Nullable
    private final Long resequencer;

    /** Whether the exchange is a copy of one that had failed or whose failure was being handled. */
    private final boolean inheritedFailure;

    private final boolean originKnown;
    private final boolean idlePoll;

    @Nullable
    private final Integer splitIndex;

    @Nullable
    private final BatchPart batchPart;

    /** The splits that keep their aggregation strategy in a property of the exchange. */
    private final Set<Object> splits;

    /** The number of failure handlers that are processing the exchange: error handlers, doCatch and doFinally. */
    private int handlers;

    /** The routes at whose end the exchange had failed and whose onCompletion may be processing it. Rarely needed, so created lazily. */
    @Nullable
    private Deque<String> completions;

    private boolean failed;

    /** Whether a handler lost the exception of a failure that no error handler handled. Camel then continues the route. */
    private boolean exceptionLost;

    private boolean ended;

    /**
     * The tracking state of a Camel context.
     *
     * @param live the exchanges that have not ended, by exchange id
     * @param polls the last poll of each route, by route id
     */
    record Tracking(ConcurrentMap<String, TrackedExchange> live, ConcurrentMap<String, Poll> polls) {

        Tracking() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    /**
     * The link from an exchange to its state. A copy has the link of its original.
     *
     * @param failedWhenCopied whether the original had failed when the copy was created; null if this is not a copy
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
        resequencer = resequencerThread();
        if (parent == null) {
            boolean aggregated = exchange.getProperty(ExchangePropertyKey.AGGREGATED_SIZE) != null;
            List<Exchange> grouped = aggregated ? grouped(exchange) : List.of();
            root = true;
            whole = null;
            resumed = false;
            inheritedFailure = aggregated && grouped.stream().anyMatch(TrackedExchange::isFailing);
            originKnown = aggregated
                    ? !grouped.isEmpty() && grouped.stream().allMatch(TrackedExchange::isKnown)
                    : correlationId == null;
            idlePoll = IdlePoll.isBeingCreated(exchange);
            batchPart = BatchPart.read(exchange, tracking.polls());
        } else {
            boolean onCompletion = exchange.getProperty(ExchangePropertyKey.ON_COMPLETION) != null;
            boolean sameConsumer = fromEndpoint == parent.fromEndpoint;
            root = false;
            boolean parentEnded = parent.hasEnded();
            boolean continuesParent = (correlated != null || parent.exchangeId.equals(exchangeId)) && !onCompletion;
            resumed = continuesParent && sameConsumer && (parentEnded || isResequenced(parent));
            caller = continuesParent && !parentEnded && !resumed && (sameConsumer || isKamelet(fromEndpoint))
                    ? parent
                    : null;
            whole = caller;
            inheritedFailure =
                    (link != null && link.failedWhenCopied() != null && !parent.exchangeId.equals(exchangeId))
                            ? link.failedWhenCopied() || (!link.leadsTo(parent) && parent.isFailing())
                            : parent.isFailing();
            originKnown = parent.originKnown;
            idlePoll = parent.idlePoll;
            boolean notSplitPart = splitIndex == null || isLeftOver(splitIndex, link, parent);
            batchPart = notSplitPart && (sameConsumer || caller != null) ? parent.batchPart : null;
        }
    }

    /** Returns the id of the current thread if it is one of Camel's resequencers, and else null. */
    private static @Nullable Long resequencerThread() {
        Thread thread = Thread.currentThread();
        Class<?> owner =
                thread.getClass() == Thread.class ? null : thread.getClass().getEnclosingClass();
        return owner != null && owner.getSimpleName().endsWith("Resequencer") ? thread.getId() : null;
    }

    /**
     * Returns whether a resequencer sends this copy on. The thread of the original may not have ended it yet. Copies of
     * this copy are created on the same thread.
     */
    private boolean isResequenced(TrackedExchange parent) {
        for (TrackedExchange each = parent; resequencer != null && each != null; each = each.caller) {
            if (resequencer.equals(each.resequencer)) {
                return false;
            }
        }
        return resequencer != null;
    }

    /** Returns the exchange of the link. An aggregation strategy may copy the link of an ended part to the whole, which has not ended. */
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

    /** Returns the exchanges that an aggregator grouped in a new exchange, which has no link to them. */
    private static List<Exchange> grouped(Exchange exchange) {
        return exchange.getIn().getBody() instanceof Collection<?> body
                        && body.stream().allMatch(Exchange.class::isInstance)
                ? body.stream().map(Exchange.class::cast).toList()
                : List.of();
    }

    /** Returns whether the endpoint is a Kamelet. A copy for a Kamelet has its own consumer endpoint, although the caller waits for it. */
    private static boolean isKamelet(@Nullable Endpoint endpoint) {
        return endpoint != null && endpoint.getEndpointUri().startsWith("kamelet:");
    }

    /** Returns whether the index stems from an earlier split: with an aggregation strategy, Camel leaves the last part's index behind. */
    private static boolean isLeftOver(Integer index, @Nullable Link link, TrackedExchange parent) {
        TrackedExchange last = link == null ? parent : link.tracked();
        return last != parent && last.hasEnded() && index.equals(last.splitIndex);
    }

    /** Starts tracking an exchange that begins a unit of work. */
    static TrackedExchange begin(Tracking tracking, Exchange exchange) {
        TrackedExchange tracked = new TrackedExchange(tracking, exchange);
        tracking.live().put(tracked.exchangeId, tracked);
        tracked.setLink(exchange);
        return tracked;
    }

    /** Returns the state of exactly this exchange. Starts tracking it if it was not tracked. */
    static TrackedExchange own(Tracking tracking, Exchange exchange) {
        TrackedExchange found = find(tracking, link(exchange), exchange.getExchangeId());
        TrackedExchange own = found == null ? new TrackedExchange(tracking, exchange) : found;
        own.renewLink(exchange);
        return own;
    }

    /** Restores the link of an exchange to its own state, if the exchange took over results and link of an exchange of another run. */
    static void restoreLink(Tracking tracking, Exchange exchange) {
        Link link = link(exchange);
        TrackedExchange own = link == null || link.tracked().exchangeId.equals(exchange.getExchangeId())
                ? null
                : tracking.live().get(exchange.getExchangeId());
        if (own != null && link != null && !link.leadsTo(own)) {
            own.setLink(exchange);
        }
    }

    /** Returns the state of an exchange, or null if its origin was not tracked. A copy inherits the state until it is tracked itself. */
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

    /** Renews the link. An aggregation strategy may have copied the link of a part, with the state from the creation of the part. */
    private void renewLink(Exchange exchange) {
        Link link = link(exchange);
        setLink(exchange, link != null && link.leadsTo(this) ? link.tracked() : this);
    }

    /** Returns the tracked exchange with an id. The link may be that of a called part, which an aggregation strategy copied here. */
    private static @Nullable TrackedExchange find(Tracking tracking, @Nullable Link link, String exchangeId) {
        TrackedExchange found = tracking.live().get(exchangeId);
        TrackedExchange next = link == null ? null : link.tracked();
        while (found == null && next != null) {
            found = next.exchangeId.equals(exchangeId) ? next : null;
            next = next.caller;
        }
        return found;
    }

    /** Returns whether the origin of an exchange was tracked, so that no failure was missed. */
    static boolean isKnown(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.originKnown;
    }

    /** Returns whether the exchange continues in a route after Camel had already ended it there. */
    static boolean isResumed(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.resumed;
    }

    /** Returns whether a consumer created the exchange because a poll found nothing, or it is a copy of such an exchange. */
    static boolean isIdlePoll(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked != null && tracked.idlePoll;
    }

    /** Returns the position of the exchange in the batch of a poll, or null for other consumers and for parts of a split. */
    static @Nullable BatchPart batchPart(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return tracked == null ? null : tracked.batchPart;
    }

    /** Returns whether the exchange has the id of the caller, or the caller waits for it. */
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

    /** Returns whether the exchange, or one that it was copied from, has failed, at any point of a route. */
    static boolean isFailing(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return hasFailureOn(exchange) || (tracked != null && tracked.isFailing());
    }

    /** Returns whether the exchange itself has failed, at its end or at the end of a route. */
    static boolean hasFailed(Exchange exchange) {
        TrackedExchange tracked = of(exchange);
        return hasFailureOn(exchange) || (tracked != null && tracked.hasFailed());
    }

    private static boolean hasFailureOn(Exchange exchange) {
        return exchange.getException() != null
                || exchange.isRollbackOnly()
                || exchange.isRollbackOnlyLast()
                // copies that a router creates have only this flag
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

    /** Handles the start of an error handler or block that processes the failure. */
    synchronized void beginHandler() {
        handlers++;
    }

    /** Handles the end of a block that processed the failure. */
    void endHandler(Exchange exchange) {
        endHandler();
        renewLink(exchange);
    }

    private synchronized void endHandler() {
        handlers = Math.max(0, handlers - 1);
    }

    /**
     * Handles the end of an error handler that processed the failure. An error handler that stops the route without handling the failure
     * restores the exception. If there is no exception then, it was lost.
     */
    void endErrorHandler(Exchange exchange) {
        endHandler();
        if (Boolean.FALSE.equals(exchange.getExchangeExtension().getErrorHandlerHandled())
                && exchange.getException() == null) {
            loseException();
        }
    }

    /** Marks the exception as lost for this exchange and all its callers, which will not see it. */
    private void loseException() {
        for (TrackedExchange next = this; next != null; next = next.caller) {
            synchronized (next) {
                next.exceptionLost = true;
            }
        }
    }

    /** Handles the end of a route, which its onCompletion may follow. */
    void beginCompletion(String routeId, Exchange exchange) {
        if (hasFailed(exchange)) {
            synchronized (this) {
                completions = completions == null ? new ArrayDeque<>() : completions;
                completions.push(routeId);
                handlers++;
            }
            // an aggregation strategy may have copied the link of a part, which copies in onCompletion would inherit
            setLink(exchange);
        }
    }

    /** Handles the end of the onCompletion of a route, whether or not the route has one. */
    void endCompletion(String routeId, Exchange exchange) {
        synchronized (this) {
            if (completions == null || !routeId.equals(completions.peek())) {
                return;
            }
            completions.pop();
        }
        endHandler(exchange);
    }

    /** Returns whether the exchange is a part of a split that cannot aggregate it, since the route removed the strategy. */
    private boolean hasLeftSplit(Exchange exchange) {
        TrackedExchange parent = caller;
        Set<Object> remaining = splits(exchange);
        return parent != null
                && splits.stream().anyMatch(split -> !parent.splits.contains(split) && !remaining.contains(split));
    }

    /** Handles the end of the unit of work. */
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
        // otherwise exchanges that a route keeps sending to itself would retain all previous ones
        caller = null;
        TrackedExchange previous = whole;
        whole = previous == null ? null : previous.current();
        setLink(exchange);
        tracking.live().remove(exchangeId, this);
    }
}
