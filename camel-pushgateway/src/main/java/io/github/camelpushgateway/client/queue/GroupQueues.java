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
 * The queues of all groups. At most one request to a group is sent at a time, in the order of the calls. Pending
 * requests are coalesced into one. If the gateway refuses the coalesced request, it is split in halves until only
 * the requests fail that the gateway refuses separately. An idle group has no queue.
 */
public final class GroupQueues {

    private static final Logger LOG = LoggerFactory.getLogger(GroupQueues.class);

    private final boolean coalesce;
    private final Linger linger;
    private final ContinuationRelay continuations;
    private final Sender sender;
    private final ConcurrentMap<GroupingKey, GroupQueue> queues = new ConcurrentHashMap<>();
    private final GroupsWithoutResponse withoutResponse = new GroupsWithoutResponse();

    /** Executes a request, including its retries. */
    public interface Sender {

        /**
         * Sends a request.
         *
         * @param onCallersThread whether the calling thread may block until there is an outcome
         */
        public Sending send(PushRequest request, RequestListener listener, boolean onCallersThread);

        /**
         * Sends a request that adds to metrics of its group. The default is to send it as it is.
         *
         * @param pushes the pushes of the request; empty if it is sent once more
         * @param onCallersThread whether the calling thread may block until there is an outcome
         */
        public default Sending accumulate(
                PushRequest request, List<CountedPush> pushes, RequestListener listener, boolean onCallersThread) {
            return send(request, listener, onCallersThread);
        }
    }

    /**
     * Creates an empty set of queues.
     *
     * @param coalesce whether pending requests may be coalesced
     * @param linger the wait between two requests of a group under load
     * @param continuations runs the continuations of pushes
     * @param sender executes a request, including its retries
     */
    public GroupQueues(boolean coalesce, Linger linger, ContinuationRelay continuations, Sender sender) {
        this.coalesce = coalesce;
        this.linger = linger;
        this.continuations = continuations;
        this.sender = sender;
    }

    /** Queues a push. The stage completes with the outcome that the sender reports. */
    public CompletionStage<PushResponse> send(PushRequest request, CountedPush push) {
        CompletableFuture<PushResponse> outcome = new CompletableFuture<>();
        List<PendingRequest> next = new ArrayList<>(1);
        queues.compute(request.groupingKey(), (key, found) -> {
            GroupQueue queue = found == null ? new GroupQueue(coalesce) : found;
            queue.add(request, new QueuedPush(push, outcome));
            next.addAll(queue.next());
            return queue;
        });
        // a request that carries one push delays no other push
        start(request.groupingKey(), next, push.callerWaits() && next.size() == 1 && !isShared(next));
        return outcome;
    }

    private void start(GroupingKey group, List<PendingRequest> requests) {
        start(group, requests, false);
    }

    private void start(GroupingKey group, List<PendingRequest> requests, boolean onCallersThread) {
        if (!requests.isEmpty()) {
            Deque<List<PendingRequest>> work = new ArrayDeque<>(2);
            work.add(requests);
            sendAll(group, work, onCallersThread);
        }
    }

    private void sendAll(GroupingKey group, Deque<List<PendingRequest>> work) {
        sendAll(group, work, false);
    }

    /**
     * Sends the given parts in order, each in as few requests as possible, and then the requests queued since.
     */
    private void sendAll(GroupingKey group, Deque<List<PendingRequest>> work, boolean firstOnCallersThread) {
        boolean onCallersThread = firstOnCallersThread;
        // a loop, not a recursion: many requests may complete immediately, as when the client is closed
        while (!work.isEmpty()) {
            List<PendingRequest> pending = work.remove();
            Coalescer coalescer = new Coalescer(pending.get(0).request());
            while (coalescer.size() < pending.size()
                    && !pending.get(coalescer.size() - 1).isSeparate()
                    && !pending.get(coalescer.size()).isSeparate()
                    && coalescer.add(pending.get(coalescer.size()).request())) {}
            List<PendingRequest> part = pending.subList(0, coalescer.size());
            if (part.size() < pending.size()) {
                work.addFirst(pending.subList(part.size(), pending.size()));
            }
            PushRequest coalesced = request(coalescer);
            if (coalesced == null) {
                halve(part, work);
            } else if (!send(group, part, coalesced, work, onCallersThread)) {
                return;
            }
            onCallersThread = false;
        }
    }

    /** Sends a request. Returns whether it completed immediately; the work then contains what to send next. */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private boolean send(
            GroupingKey group,
            List<PendingRequest> part,
            PushRequest coalesced,
            Deque<List<PendingRequest>> work,
            boolean onCallersThread) {
        long startNanos = System.nanoTime();
        PushListeners listeners = PushListeners.in(part);
        Sending sending = coalesced.accumulates()
                ? sender.accumulate(coalesced, pushes(part), listeners, onCallersThread)
                : sender.send(coalesced, listeners, onCallersThread);
        CompletableFuture<PushResponse> outcome = sending.outcome();
        if (outcome.isDone()) {
            outcome.whenComplete((response, failure) -> {
                List<Runnable> completions = settle(group, part, coalesced, work, sending, response, failure);
                if (onCallersThread) {
                    // the caller does not have its stage yet, so there is no continuation
                    completions.forEach(Runnable::run);
                } else {
                    continuations.runElsewhere(completions);
                }
            });
            return true;
        }
        outcome.whenComplete((response, failure) -> {
            if (failure != null && part.size() > 1 && mayConcernOneRequest(failure)) {
                halve(part, work);
                sendNext(group, work, 0, 0);
            } else if (isToBeRepeated(group, part, sending, failure)) {
                work.addFirst(repeated(group, coalesced, part, work));
                sendAll(group, work);
                continuations.run(completions(part, response, failure), () -> {}, sending.takeThread());
            } else if (isShared(part)) {
                List<Runnable> completions = completions(part, response, failure);
                long took = System.nanoTime() - startNanos;
                int expected = completions.size() + pendingPushes(group);
                continuations.run(completions, () -> sendNext(group, work, took, expected), sending.takeThread());
            } else {
                sendNext(group, work, 0, 0);
                // last, so that a slow continuation does not delay the next request
                List<Runnable> completions = completions(part, response, failure);
                if (sending.takeThread()) {
                    completions.forEach(Runnable::run);
                } else {
                    continuations.runElsewhere(completions);
                }
            }
        });
        return false;
    }

    private static List<CountedPush> pushes(List<PendingRequest> part) {
        List<CountedPush> pushes = new ArrayList<>();
        for (PendingRequest pending : part) {
            if (!pending.isRepeated()) {
                pending.pushes().forEach(push -> pushes.add(push.push()));
            }
        }
        return pushes;
    }

    /** Handles a request that completed immediately. Returns the tasks that complete its pushes. */
    private List<Runnable> settle(
            GroupingKey group,
            List<PendingRequest> part,
            PushRequest coalesced,
            Deque<List<PendingRequest>> work,
            Sending sending,
            @Nullable PushResponse response,
            @Nullable Throwable failure) {
        if (failure != null && part.size() > 1 && mayConcernOneRequest(failure)) {
            halve(part, work);
            return List.of();
        }
        if (isToBeRepeated(group, part, sending, failure)) {
            work.addFirst(repeated(group, coalesced, part, work));
        } else if (work.isEmpty()) {
            List<PendingRequest> next = next(group, GroupQueue::free);
            if (!next.isEmpty()) {
                work.add(next);
            }
        }
        return completions(part, response, failure);
    }

    /**
     * Returns whether the request is to be repeated, because the gateway may execute an earlier request without a
     * response after it. A refused request has no effect that could be lost.
     */
    private boolean isToBeRepeated(
            GroupingKey group, List<PendingRequest> part, Sending sending, @Nullable Throwable failure) {
        boolean lacksResponse = sending.lacksResponse();
        if (failure != null) {
            if (lacksResponse) {
                withoutResponse.add(group);
            }
            return false;
        }
        boolean earlierLacksResponse = withoutResponse.remove(group);
        boolean isRepeated = part.size() == 1 && part.get(0).isRepeated();
        return (earlierLacksResponse || lacksResponse) && !isRepeated;
    }

    /** Returns the request to repeat, with the requests queued in the meantime. */
    private List<PendingRequest> repeated(
            GroupingKey group, PushRequest request, List<PendingRequest> part, Deque<List<PendingRequest>> work) {
        LOG.debug(
                "The {} of the group {} is sent again, because an earlier attempt had no response",
                request.operation(),
                group);
        List<PendingRequest> next = new ArrayList<>(List.of(PendingRequest.repeated(request, part)));
        if (work.isEmpty()) {
            queues.computeIfPresent(group, (key, queue) -> {
                next.addAll(queue.drainForRepeat());
                return queue;
            });
        }
        return next;
    }

    private static List<Runnable> completions(
            List<PendingRequest> part, @Nullable PushResponse response, @Nullable Throwable failure) {
        boolean shared = isShared(part);
        List<Runnable> completions =
                new ArrayList<>(part.size() == 1 ? part.get(0).pushes().size() : part.size());
        for (PendingRequest pending : part) {
            for (QueuedPush push : pending.pushes()) {
                completions.add(
                        () -> push.complete(response, shared ? failureOf(failure, pending.request()) : failure));
            }
        }
        return completions;
    }

    private static @Nullable Throwable failureOf(@Nullable Throwable failure, PushRequest request) {
        return failure instanceof PushgatewayException exception ? exception.forCoalesced(request) : failure;
    }

    /**
     * Sends the remaining work or the next pending requests, after a linger period if the last request took time.
     *
     * @param expected how many pushes are likely to be pending soon: those just completed and those already pending
     */
    private void sendNext(GroupingKey group, Deque<List<PendingRequest>> work, long tookNanos, int expected) {
        if (!work.isEmpty()) {
            sendAll(group, work);
        } else if (tookNanos == 0) {
            start(group, next(group, GroupQueue::free));
        } else {
            linger(group, tookNanos, expected);
        }
    }

    /** Lingers until the expected pushes are pending. */
    private void linger(GroupingKey group, long tookNanos, int expected) {
        AtomicInteger number = new AtomicInteger();
        List<PendingRequest> next = next(group, queue -> number.set(queue.startLinger(expected)));
        if (next.isEmpty()) {
            linger.run(tookNanos, () -> start(group, next(group, queue -> queue.endLinger(number.get()))));
        } else {
            start(group, next);
        }
    }

    /** Applies an action to the queue of the group, and returns the requests to send next. An idle queue is removed. */
    private List<PendingRequest> next(GroupingKey group, Consumer<GroupQueue> action) {
        List<PendingRequest> next = new ArrayList<>();
        queues.computeIfPresent(group, (key, queue) -> {
            action.accept(queue);
            next.addAll(queue.next());
            return queue.isEmpty() ? null : queue;
        });
        return next;
    }

    private int pendingPushes(GroupingKey group) {
        AtomicInteger pushes = new AtomicInteger();
        queues.computeIfPresent(group, (key, queue) -> {
            pushes.set(queue.pushes());
            return queue;
        });
        return pushes.get();
    }

    /** Returns whether several pushes share this request. As many are likely to follow as soon as it completes. */
    private static boolean isShared(List<PendingRequest> part) {
        return part.size() > 1 || part.get(0).pushes().size() > 1;
    }

    /** Returns the coalesced request, or null if the requests are valid separately but not in one push. */
    private static @Nullable PushRequest request(Coalescer coalescer) {
        try {
            return coalescer.request();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void halve(List<PendingRequest> part, Deque<List<PendingRequest>> work) {
        int half = part.size() / 2;
        work.addFirst(part.subList(half, part.size()));
        work.addFirst(part.subList(0, half));
    }

    /**
     * Returns whether some of the requests may have caused the failure, so that the gateway would accept the others.
     */
    private static boolean mayConcernOneRequest(Throwable failure) {
        return failure instanceof PushgatewayException refused
                && switch (refused.getStatusCode()) {
                    case 0 -> refused.getCause() instanceof IllegalArgumentException;
                    case 400, 413, 422 -> true;
                    default -> false;
                };
    }

    /** Returns whether a request to the group may be in flight. */
    public boolean isBusy(GroupingKey group) {
        // not containsKey: a queue is locked while a request is added to it
        return queues.computeIfPresent(group, (key, queue) -> queue) != null;
    }

    /** Returns the number of groups that are not idle. */
    public int size() {
        return queues.size();
    }

    /** Returns the number of pending requests. */
    int pending() {
        return queues.values().stream().mapToInt(GroupQueue::size).sum();
    }

    /**
     * Completes all pending pushes with an exception, and ends all linger periods, since the timer may have been shut
     * down. Requests in flight are left to the sender.
     *
     * @param reason creates the exception for a request
     */
    public void close(Function<PushRequest, PushgatewayException> reason) {
        for (GroupingKey group : queues.keySet()) {
            List<PendingRequest> pending = new ArrayList<>();
            queues.computeIfPresent(group, (key, queue) -> {
                pending.addAll(queue.drain());
                queue.endLinger();
                return queue.isEmpty() ? null : queue;
            });
            pending.forEach(ended -> continuations.runElsewhere(ended.pushes().stream()
                    .<Runnable>map(push -> () -> push.complete(null, reason.apply(ended.request())))
                    .toList()));
        }
    }
}
