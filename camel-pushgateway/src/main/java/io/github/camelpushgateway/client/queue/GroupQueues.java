package io.github.camelpushgateway.client.queue;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends at most one request to a group at a time, in the order in which they are asked for. What waits is folded into one; if
 * the gateway refuses that, it is sent in halves, until only what is refused by itself fails. A group with nothing to do has
 * no lane.
 */
public final class GroupQueues {

    private static final Logger LOG = LoggerFactory.getLogger(GroupQueues.class);

    private final boolean coalesce;
    private final Linger pause;
    private final ContinuationRelay relay;
    private final Sender sender;
    private final ConcurrentMap<GroupingKey, GroupQueue> lanes = new ConcurrentHashMap<>();
    private final UnansweredGroups unanswered = new UnansweredGroups();

    /** Carries a request out, with all its retries. */
    public interface Sender {

        /**
         * Sends a request.
         *
         * @param onCallersThread whether the calling thread may block until there is an outcome
         */
        public Sending send(PushRequest request, RequestListener listener, boolean onCallersThread);
    }

    /**
     * Makes lanes.
     *
     * @param coalesce whether requests that wait may become one
     * @param pause what lies between two requests of a group under load
     * @param relay lets those go on who have waited
     * @param sender carries a request out, with all its retries
     */
    public GroupQueues(boolean coalesce, Linger pause, ContinuationRelay relay, Sender sender) {
        this.coalesce = coalesce;
        this.pause = pause;
        this.relay = relay;
        this.sender = sender;
    }

    /** The stage completes as that of the sender. */
    public CompletionStage<PushResponse> send(PushRequest request, CountedPush push) {
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        List<PendingRequest> next = new ArrayList<>();
        lanes.compute(request.groupingKey(), (key, found) -> {
            GroupQueue lane = found == null ? new GroupQueue(coalesce) : found;
            lane.add(request, new QueuedPush(push, outcome));
            next.addAll(lane.next());
            return lane;
        });
        // nobody else waits for the outcome of a request that is alone
        start(request.groupingKey(), next, push.callerWaits() && next.size() == 1 && !isUnderLoad(next));
        return outcome;
    }

    private void start(GroupingKey group, List<PendingRequest> requests) {
        start(group, requests, false);
    }

    private void start(GroupingKey group, List<PendingRequest> requests, boolean onCallersThread) {
        if (!requests.isEmpty()) {
            Deque<List<PendingRequest>> work = new ArrayDeque<>();
            work.add(requests);
            go(group, work, onCallersThread);
        }
    }

    private void go(GroupingKey group, Deque<List<PendingRequest>> work) {
        go(group, work, false);
    }

    /** Sends the first of these parts, or as much of it as can be one request, and the others after it; then what has come since. */
    private void go(GroupingKey group, Deque<List<PendingRequest>> work, boolean firstOnCallersThread) {
        boolean onCallersThread = firstOnCallersThread;
        // a loop: many requests may have their outcomes at once, as when the client is closed
        while (!work.isEmpty()) {
            List<PendingRequest> waiting = work.remove();
            Coalescer fold = new Coalescer(waiting.get(0).request());
            while (fold.size() < waiting.size()
                    && fold.add(waiting.get(fold.size()).request())) {}
            List<PendingRequest> part = waiting.subList(0, fold.size());
            if (part.size() < waiting.size()) {
                work.addFirst(waiting.subList(part.size(), waiting.size()));
            }
            PushRequest folded = request(fold);
            if (folded == null) {
                halve(part, work);
            } else if (!send(group, part, folded, work, onCallersThread)) {
                return;
            }
            onCallersThread = false;
        }
    }

    /** Returns whether the request has its outcome at once. The work then holds what follows. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private boolean send(
            GroupingKey group,
            List<PendingRequest> part,
            PushRequest folded,
            Deque<List<PendingRequest>> work,
            boolean onCallersThread) {
        long begun = System.nanoTime();
        Sending sending = sender.send(folded, PushListeners.in(part), onCallersThread);
        CompletableFuture<PushResponse> outcome = sending.outcome();
        if (outcome.isDone()) {
            outcome.whenComplete((response, failure) -> {
                List<Runnable> askers = settle(group, part, folded, work, sending, response, failure);
                if (onCallersThread) {
                    // the caller has not got its stage yet, so nothing follows it
                    askers.forEach(Runnable::run);
                } else {
                    relay.runElsewhere(askers);
                }
            });
            return true;
        }
        outcome.whenComplete((response, failure) -> {
            if (failure != null && part.size() > 1 && mayBeOfOne(failure)) {
                halve(part, work);
                goOn(group, work, 0, 0);
            } else if (isToBeRepeated(group, part, sending, failure)) {
                work.addFirst(repeated(group, folded, part, work));
                go(group, work);
                relay.run(askers(part, response, failure), () -> {}, sending.takeThread());
            } else if (isUnderLoad(part)) {
                List<Runnable> askers = askers(part, response, failure);
                long took = System.nanoTime() - begun;
                int expected = askers.size() + waitingFor(group);
                relay.run(askers, () -> goOn(group, work, took, expected), sending.takeThread());
            } else {
                goOn(group, work, 0, 0);
                // comes last: nothing waits for what an exchange does next
                relay.run(askers(part, response, failure), () -> {}, sending.takeThread());
            }
        });
        return false;
    }

    /** Deals with a request that has its outcome at once, and returns what tells those who asked for it. */
    private List<Runnable> settle(
            GroupingKey group,
            List<PendingRequest> part,
            PushRequest folded,
            Deque<List<PendingRequest>> work,
            Sending sending,
            @Nullable PushResponse response,
            @Nullable Throwable failure) {
        if (failure != null && part.size() > 1 && mayBeOfOne(failure)) {
            halve(part, work);
            return List.of();
        }
        if (isToBeRepeated(group, part, sending, failure)) {
            work.addFirst(repeated(group, folded, part, work));
        } else if (work.isEmpty()) {
            List<PendingRequest> next = next(group, GroupQueue::free);
            if (!next.isEmpty()) {
                work.add(next);
            }
        }
        return askers(part, response, failure);
    }

    /**
     * Returns whether a request without a response may have been carried out after this one. A request that was refused has no effect
     * that could be lost.
     */
    private boolean isToBeRepeated(
            GroupingKey group, List<PendingRequest> part, Sending sending, @Nullable Throwable failure) {
        boolean isUnanswered = sending.isUnanswered();
        if (failure != null) {
            if (isUnanswered) {
                unanswered.add(group);
            }
            return false;
        }
        boolean before = unanswered.remove(group);
        boolean isRepeated = part.size() == 1 && part.get(0).isRepeated();
        return (before || isUnanswered) && !isRepeated;
    }

    /** Returns a request that is sent again, with what has come since. */
    private List<PendingRequest> repeated(
            GroupingKey group, PushRequest request, List<PendingRequest> part, Deque<List<PendingRequest>> work) {
        LOG.debug(
                "The {} of the group {} is sent again, since an attempt before it had no response",
                request.operation(),
                group);
        List<PendingRequest> next = new ArrayList<>(List.of(PendingRequest.repeated(request, part)));
        if (work.isEmpty()) {
            lanes.computeIfPresent(group, (key, lane) -> {
                next.addAll(lane.more());
                return lane;
            });
        }
        return next;
    }

    private static List<Runnable> askers(
            List<PendingRequest> part, @Nullable PushResponse response, @Nullable Throwable failure) {
        boolean shared = isUnderLoad(part);
        List<Runnable> askers = new ArrayList<>();
        for (PendingRequest waiting : part) {
            for (QueuedPush asker : waiting.askers()) {
                askers.add(() -> asker.complete(response, shared ? ofOne(failure, waiting.request()) : failure));
            }
        }
        return askers;
    }

    private static @Nullable Throwable ofOne(@Nullable Throwable failure, PushRequest request) {
        return failure instanceof PushgatewayException exception ? exception.alsoOf(request) : failure;
    }

    /** @param expected how many are likely to ask soon, who were just told or wait already */
    private void goOn(GroupingKey group, Deque<List<PendingRequest>> work, long tookNanos, int expected) {
        if (!work.isEmpty()) {
            go(group, work);
        } else if (tookNanos == 0) {
            start(group, next(group, GroupQueue::free));
        } else {
            rest(group, tookNanos, expected);
        }
    }

    /** Waits a moment for those who are expected. */
    private void rest(GroupingKey group, long tookNanos, int expected) {
        AtomicInteger rest = new AtomicInteger();
        List<PendingRequest> next = next(group, lane -> rest.set(lane.rest(expected)));
        if (next.isEmpty()) {
            pause.run(tookNanos, () -> start(group, next(group, lane -> lane.endRest(rest.get()))));
        } else {
            start(group, next);
        }
    }

    /** Does something with the lane, and returns what it then has to send; a lane that has nothing to do any more is forgotten. */
    private List<PendingRequest> next(GroupingKey group, Consumer<GroupQueue> first) {
        List<PendingRequest> next = new ArrayList<>();
        lanes.computeIfPresent(group, (key, lane) -> {
            first.accept(lane);
            next.addAll(lane.next());
            return lane.isEmpty() ? null : lane;
        });
        return next;
    }

    private int waitingFor(GroupingKey group) {
        AtomicInteger waiting = new AtomicInteger();
        lanes.computeIfPresent(group, (key, lane) -> {
            waiting.set(lane.askers());
            return lane;
        });
        return waiting.get();
    }

    /** Several had to wait for this request, so as many will come again as soon as they know of it. */
    private static boolean isUnderLoad(List<PendingRequest> part) {
        return part.size() > 1 || part.get(0).askers().size() > 1;
    }

    /** Returns null if the requests are valid each, but not in one push. */
    private static @Nullable PushRequest request(Coalescer fold) {
        try {
            return fold.request();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void halve(List<PendingRequest> part, Deque<List<PendingRequest>> work) {
        int half = part.size() / 2;
        work.addFirst(part.subList(half, part.size()));
        work.addFirst(part.subList(0, half));
    }

    /** Tells whether that can be the fault of some of the requests, while the gateway would take the others. */
    private static boolean mayBeOfOne(Throwable failure) {
        return failure instanceof PushgatewayException refused
                && switch (refused.getStatusCode()) {
                    case 0 -> refused.getCause() instanceof IllegalArgumentException;
                    case 400, 413, 422 -> true;
                    default -> false;
                };
    }

    /** Returns how many groups have something to do. */
    public int size() {
        return lanes.size();
    }

    /** Returns how many requests are kept that wait. */
    int waiting() {
        return lanes.values().stream().mapToInt(GroupQueue::size).sum();
    }

    /**
     * Ends what waits with an exception; what is on its way is the sender's.
     *
     * @param reason makes the exception for a request
     */
    public void close(Function<PushRequest, PushgatewayException> reason) {
        lanes.forEach((group, found) -> {
            List<PendingRequest> waiting = new ArrayList<>();
            lanes.computeIfPresent(group, (key, lane) -> {
                waiting.addAll(lane.drain());
                return lane;
            });
            waiting.forEach(ended -> relay.runElsewhere(ended.askers().stream()
                    .<Runnable>map(asker -> () -> asker.complete(null, reason.apply(ended.request())))
                    .toList()));
        });
    }
}
