package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.RequestSource;
import io.github.camelpushgateway.client.query.GroupReader;
import io.github.camelpushgateway.client.query.Page;
import io.github.camelpushgateway.client.query.StatusReader;
import io.github.camelpushgateway.client.queue.ContinuationRelay;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.client.queue.GroupQueues;
import io.github.camelpushgateway.client.queue.Linger;
import io.github.camelpushgateway.client.transport.ResponseParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends requests to one gateway without blocking the caller. A few daemon threads of the client execute
 * the requests and complete their stages.
 *
 * <p>Continuations must be short, because they may run on a thread that further requests need. Use {@code
 * whenCompleteAsync} for longer ones. Only the continuations of pushes may take any time, if the client was created
 * with an executor for continuations.
 *
 * <p>Each attempt ends within the request timeout, whatever the gateway or the network does. Temporary failures are
 * retried.
 */
public final class PushgatewayClient implements AutoCloseable {

    private final ClientSettings settings;
    private final Duration maxIdle;
    private final RequestExecutor executor;
    private final PushSender sender;
    private final GroupQueues queues;
    private final PendingLimit pending;

    /** The executor of unordered pushes, or null before the first one. */
    @Nullable
    private RequestExecutor unordered;

    private volatile boolean closed;

    /** Creates a client without an executor for continuations. All continuations must be short. */
    public PushgatewayClient(ClientSettings settings) {
        this(settings, Runnable::run);
    }

    /**
     * Creates a client. Nothing is opened before the first request.
     *
     * @param continuations runs the continuations of pushes for which the client has no available thread of its own,
     *     such as those of pushes that timed out or were not sent, and those that wait for a slow continuation of a
     *     push in the same request. Other continuations of pushes run on sender threads; other threads send in the
     *     meantime
     */
    public PushgatewayClient(ClientSettings settings, Executor continuations) {
        this(settings, continuations, RequestExecutor.MAX_IDLE);
    }

    /** Creates a client with the time for which an idle thread or connection is kept. */
    PushgatewayClient(ClientSettings settings, Executor continuations, Duration maxIdle) {
        this.settings = settings;
        this.maxIdle = maxIdle;
        executor = new RequestExecutor(settings.http(), maxIdle);
        pending = new PendingLimit(settings.maxPending());
        sender = new PushSender(settings, executor);
        queues = new GroupQueues(
                settings.coalesce(),
                new Linger(executor.timer()),
                new ContinuationRelay(continuations, executor.timer()),
                sender);
        sender.open(queues);
    }

    /**
     * Sends a request. Requests to one group are sent one at a time, in the order of the calls. Pending requests are
     * coalesced, with the same effect and the same outcomes, unless the settings disable it. After a request without a
     * response, the next request is sent twice. The stage completes with the response, or with a {@link
     * PushgatewayException} and no other exception.
     */
    public CompletionStage<PushResponse> send(PushRequest request) {
        return send(request, new CountedPush(new PushStatistics(), false));
    }

    /**
     * Sends a request like {@link #send(PushRequest)}, and notifies the listener of the push. It fails at
     * once if {@code maxPending} earlier requests have no outcome yet.
     *
     * @param counted the push to count
     */
    public CompletionStage<PushResponse> send(PushRequest request, CountedPush counted) {
        String rejection = pending.begin();
        if (rejection != null) {
            return CompletableFuture.failedFuture(
                    PushgatewayException.of(request, rejection, new RejectedExecutionException("maxPending")));
        }
        CompletionStage<PushResponse> outcome;
        try {
            if (request.accumulates()) {
                recognise(counted);
            }
            outcome = pending.end(queues.send(request, counted));
        } catch (Throwable e) { // including errors
            pending.end();
            throw e;
        }
        if (closed) {
            // close() may have run before this request was queued
            failPending();
        }
        return outcome;
    }

    /** Separates a push that may have been counted when it was delivered earlier. */
    private void recognise(CountedPush counted) {
        PushIdentity identity = counted.identity();
        if (identity != null && (identity.isCounted(settings.url()) || identity.isInDoubt(settings.url()))) {
            counted.separate();
        }
    }

    /**
     * Sends a request at once, regardless of pending requests, on connections that other requests do not use. So it cannot delay
     * another request, and its order relative to them is undefined. It is neither coalesced nor counted by {@code
     * maxPending}.
     *
     * @param listener notified of the progress
     * @param started receives each execution that starts
     */
    CompletionStage<PushResponse> sendUnordered(
            PushRequest request, RequestListener listener, Consumer<RequestExecution> started) {
        Utf8Check check = sender.utf8();
        if (check == null || !check.isNeeded(request)) {
            return startUnordered(request, listener, started);
        }
        Utf8Check.StatusRead read = check.read();
        started.accept(read.execution());
        return Futures.compose(
                read.status()
                        .handle((flags, failure) ->
                                Optional.ofNullable(check.reason(sender.describe(request), flags, failure))),
                reason -> reason.isPresent()
                        ? CompletableFuture.failedFuture(reason.get())
                        : startUnordered(request, listener, started));
    }

    private CompletionStage<PushResponse> startUnordered(
            PushRequest request, RequestListener listener, Consumer<RequestExecution> started) {
        RequestExecution execution =
                unordered().start(sender.describe(request), listener, sender.source(request), false);
        started.accept(execution);
        return execution.outcome();
    }

    private synchronized RequestExecutor unordered() {
        RequestExecutor known = unordered;
        if (known == null) {
            known = new RequestExecutor(settings.http(), maxIdle);
            unordered = known;
            if (closed) {
                known.close();
            }
        }
        return known;
    }

    private synchronized @Nullable RequestExecutor existingUnordered() {
        return unordered;
    }

    /** Returns the timer. Its tasks must be short, because they share one thread. */
    ScheduledExecutorService timer() {
        return executor.timer();
    }

    private void failPending() {
        queues.close(request -> FailureMessages.withoutResponse(
                RequestDescription.of(request, settings.url()), 0, new ClientClosedException()));
    }

    /**
     * Checks whether the gateway is ready: see the <a
     * href="https://github.com/prometheus/pushgateway#management-api">Pushgateway's README, "Management API"</a>. The
     * request has the credentials of a push and is not retried. The stage completes as for a push.
     */
    public CompletionStage<PushResponse> ready() {
        return begin(
                RequestDescription.HEALTH_CHECK,
                () -> executor.startOnce(
                                new RequestDescription(RequestDescription.HEALTH_CHECK, null, settings.url()),
                                withoutBody("GET", "/-/ready"))
                        .outcome());
    }

    /**
     * Reads the groups of the gateway one by one: see the <a
     * href="https://github.com/prometheus/pushgateway#query-api">Pushgateway's README, "Query API"</a>. It requires
     * Pushgateway 1.2 or later. The timeout of an attempt applies to the whole response.
     *
     * @param keep receives each group as soon as it is read, on a thread of the client, and returns the part to keep.
     *     If an attempt fails, the next attempt starts with the first group again
     * @return a stage that completes with the kept parts, in the order of the gateway, or fails as for a push
     */
    public <T> CompletionStage<List<T>> groups(Function<GatewayGroup, Optional<T>> keep) {
        return groups(false, keep);
    }

    /**
     * Reads the groups of the gateway like {@link #groups(Function)}.
     *
     * @param dependsOnAge whether the selection depends on the age of groups. The stage then fails if the gateway's
     *     clock is unknown or differs by more than five minutes from that of this machine, because all ages would be
     *     wrong
     */
    <T> CompletionStage<List<T>> groups(boolean dependsOnAge, Function<GatewayGroup, Optional<T>> keep) {
        return begin(
                "groups",
                () -> new GatewayReader(settings, executor)
                        .readGroups(new GroupReader<>(settings.url(), dependsOnAge, keep))
                        .value());
    }

    /**
     * Reads the state of the gateway: {@code build_information} and {@code flags}, which are maps, and {@code
     * start_time}. The requirements and failures are those of {@link #groups}.
     */
    public CompletionStage<Map<String, Object>> status() {
        return read("status", "/api/v1/status", new StatusReader());
    }

    /**
     * Reads the beginning of a page of the server, such as {@code /metrics}. The request has the credentials of a push.
     * The stage completes as for {@link #status}.
     *
     * @param path the path, relative to the URL of the gateway
     */
    public CompletionStage<Page> page(String path) {
        return read(path, path, Page::read);
    }

    /**
     * Deletes all groups of the gateway, including those of other clients. The order relative to other requests in
     * flight is undefined. See the <a href="https://github.com/prometheus/pushgateway#admin-api">Pushgateway's README,
     * "Admin API"</a>. The stage completes as for a push.
     */
    public CompletionStage<PushResponse> wipe() {
        return sender.observeWipe(this::sendWipe);
    }

    private CompletionStage<PushResponse> sendWipe() {
        return begin(
                RequestDescription.WIPE,
                () -> executor.start(
                                new RequestDescription(RequestDescription.WIPE, null, settings.url()),
                                RequestListener.NONE,
                                null,
                                withoutBody("PUT", "/api/v1/admin/wipe"))
                        .outcome());
    }

    private <T> CompletionStage<T> begin(String operation, Supplier<CompletionStage<T>> request) {
        return pending.begin(
                request,
                reason -> PushgatewayException.of(operation, reason, new RejectedExecutionException("maxPending")));
    }

    private <T> CompletionStage<T> read(String operation, String path, ResponseParser<T> parser) {
        return begin(
                operation,
                () -> new GatewayReader(settings, executor)
                        .read(operation, path, parser)
                        .value());
    }

    private RequestSource withoutBody(String method, String path) {
        return () -> settings.request(method, settings.url().resolve(path));
    }

    /** Returns whether no request is in flight or pending, and there is no queue. */
    boolean isIdle() {
        RequestExecutor others = existingUnordered();
        return executor.isIdle() && queues.size() == 0 && (others == null || others.isIdle());
    }

    /** Fails all requests that are in flight or pending, and releases all threads and connections. */
    @Override
    public void close() {
        closed = true;
        try {
            failPending();
            sender.close();
        } finally {
            executor.close();
            RequestExecutor others = existingUnordered();
            if (others != null) {
                others.close();
            }
            // a linger period may have begun before the timer was shut down
            failPending();
        }
    }
}
