package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.HeaderMaps;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.accumulate.Accumulator;
import io.github.camelpushgateway.client.accumulate.GroupAccess;
import io.github.camelpushgateway.client.accumulate.ObservedSending;
import io.github.camelpushgateway.client.encoding.Payload;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.RequestSource;
import io.github.camelpushgateway.client.http.Sending;
import io.github.camelpushgateway.client.query.GroupReader;
import io.github.camelpushgateway.client.query.Page;
import io.github.camelpushgateway.client.query.StatusReader;
import io.github.camelpushgateway.client.queue.ContinuationRelay;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.client.queue.GroupQueues;
import io.github.camelpushgateway.client.queue.Linger;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ParsedResponse;
import io.github.camelpushgateway.client.transport.ResponseParser;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private static final Map<String, String> HEADERS =
            HeaderMaps.copy(Map.of("Accept", "*/*", "User-Agent", "camel-pushgateway"));

    private static final String GROUPS = "groups";
    private static final String GROUPS_PATH = "/api/v1/metrics";

    private final ClientSettings settings;
    private final GroupUrls groupUrls;
    private final PayloadEncoder encoder;
    private final Map<String, String> pushHeaders;
    private final Map<String, String> compressedPushHeaders;
    private final Duration maxIdle;
    private final RequestExecutor executor;
    private final GroupQueues queues;
    private final PendingLimit pending;

    /** The accumulator, once a request has added to metrics. */
    @Nullable
    private volatile Accumulator accumulator;

    /** The group that was deleted last, if nothing was sent to it since; only without an accumulator. */
    @Nullable
    private volatile GroupingKey deleted;

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
        groupUrls = new GroupUrls(settings.url());
        encoder = new PayloadEncoder(settings.format(), settings.compression());
        pushHeaders = withHeader(HEADERS, "Content-Type", encoder.contentType());
        compressedPushHeaders = withHeader(pushHeaders, "Content-Encoding", encoder.contentEncoding());
        executor = new RequestExecutor(settings.http(), maxIdle);
        pending = new PendingLimit(settings.maxPending());
        queues = new GroupQueues(
                settings.coalesce(),
                new Linger(executor.timer()),
                new ContinuationRelay(continuations, executor.timer()),
                new PushSender());
    }

    private static Map<String, String> withHeader(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return HeaderMaps.copy(all);
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
                recognise(request, counted);
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
    private void recognise(PushRequest request, CountedPush counted) {
        PushIdentity identity = counted.identity();
        Accumulator known = accumulator;
        if (identity != null
                && (identity.isCounted(settings.url())
                        || (known != null && known.isInDoubt(request.groupingKey(), identity)))) {
            counted.separate();
        }
    }

    /**
     * Sends a request at once, regardless of pending requests, on connections that other requests do not use. So it cannot delay
     * another request, and its order relative to them is undefined. It is neither coalesced nor counted by {@code
     * maxPending}.
     *
     * @param listener notified of the progress
     */
    RequestExecution sendUnordered(PushRequest request, RequestListener listener) {
        return unordered()
                .start(RequestDescription.of(request, settings.url()), listener, new EncodedPush(request), false);
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

    /** Executes the requests that the queues send. */
    private final class PushSender implements GroupQueues.Sender {

        @Override
        public Sending send(PushRequest request, RequestListener listener, boolean onCallersThread) {
            RequestExecution execution = start(request, listener, onCallersThread);
            Accumulator known = accumulator;
            if (known != null) {
                return known.observe(request, execution);
            }
            GroupingKey group = request.groupingKey();
            if (request.operation() == PushOperation.DELETE) {
                return new ObservedSending(execution, () -> deleted(group));
            }
            if (group.equals(deleted)) {
                deleted = null;
            }
            return execution;
        }

        @Override
        public Sending accumulate(
                PushRequest request, List<CountedPush> pushes, RequestListener listener, boolean onCallersThread) {
            Set<PushIdentity> identities = new HashSet<>();
            PushIdentity redelivered = null;
            for (CountedPush push : pushes) {
                PushIdentity identity = push.identity();
                if (identity != null) {
                    identities.add(identity);
                    redelivered = push.isSeparate() && pushes.size() == 1 ? identity : null;
                }
            }
            return accumulator().start(request, identities, redelivered, listener, onCallersThread);
        }

        RequestExecution start(PushRequest request, RequestListener listener, boolean onCallersThread) {
            RequestDescription description = RequestDescription.of(request, settings.url());
            return executor.start(description, listener, new EncodedPush(request), onCallersThread);
        }
    }

    private void deleted(GroupingKey group) {
        Accumulator known = accumulator;
        if (known == null) {
            deleted = group;
        } else {
            known.deleted(group);
        }
    }

    private synchronized Accumulator accumulator() {
        Accumulator known = accumulator;
        if (known == null) {
            known = new GatewayAccess().accumulator();
            known.deleted(deleted);
            accumulator = known;
        }
        return known;
    }

    /** The requests of the accumulator. */
    private final class GatewayAccess implements GroupAccess {

        private final PushSender sender = new PushSender();

        /** Not a method of the client, since its verification would load the classes of the accumulator. */
        Accumulator accumulator() {
            return new Accumulator(this, settings.accumulateRefresh());
        }

        @Override
        public GatewayUrl url() {
            return settings.url();
        }

        @Override
        public Read read(Predicate<GatewayGroup> selection) {
            ParsedResponse<List<GatewayGroup>> parsed = new ParsedResponse<>(new GroupReader<>(
                    settings.url(), false, group -> selection.test(group) ? Optional.of(group) : Optional.empty()));
            RequestDescription description = new RequestDescription(GROUPS, null, settings.url());
            RequestExecution execution =
                    executor.start(description, RequestListener.NONE, parsed, withoutBody("GET", GROUPS_PATH));
            return new Read(
                    execution, parse(execution.outcome(), parsed, description).toCompletableFuture());
        }

        @Override
        public RequestExecution write(PushRequest request, RequestListener listener, boolean onCallersThread) {
            return sender.start(request, listener, onCallersThread);
        }

        @Override
        public RequestDescription describe(PushRequest request) {
            return RequestDescription.of(request, settings.url());
        }

        @Override
        public boolean hasCustomHandler() {
            return executor.hasCustomHandler();
        }
    }

    /** The HTTP request of a push. */
    private final class EncodedPush implements RequestSource {

        private final PushRequest push;

        EncodedPush(PushRequest push) {
            this.push = push;
        }

        @Override
        public GatewayRequest create() {
            return encode(push);
        }
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
        return read(GROUPS, GROUPS_PATH, new GroupReader<>(settings.url(), dependsOnAge, keep));
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
        return Futures.after(sendWipe(), (response, failure) -> {
            Accumulator known = accumulator;
            if (known != null) {
                known.wiped();
            }
        });
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

    private <T> CompletionStage<T> read(String operation, String path, ResponseParser<T> reader) {
        RequestDescription description = new RequestDescription(operation, null, settings.url());
        ParsedResponse<T> parsedResponse = new ParsedResponse<>(reader);
        return begin(
                operation,
                () -> parse(
                        executor.start(description, RequestListener.NONE, parsedResponse, withoutBody("GET", path))
                                .outcome(),
                        parsedResponse,
                        description));
    }

    private static <T> CompletionStage<T> parse(
            CompletableFuture<PushResponse> outcome, ParsedResponse<T> parsedResponse, RequestDescription description) {
        return Futures.compose(outcome, response -> {
            T value = parsedResponse.value();
            return value != null
                    ? CompletableFuture.completedFuture(value)
                    : CompletableFuture.failedFuture(FailureMessages.withoutResponse(
                            description,
                            1,
                            new MalformedResponseException(
                                    "the option handler returned its own response without a body, so there is nothing to"
                                            + " read",
                                    null)));
        });
    }

    private RequestSource withoutBody(String method, String path) {
        return () -> withoutBody(method, settings.url().resolve(path));
    }

    private GatewayRequest withoutBody(String method, URI url) {
        return GatewayRequest.of(url, method, settings.requestTimeout(), HEADERS);
    }

    private GatewayRequest encode(PushRequest request) {
        String method = request.operation().method();
        URI url = groupUrls.of(request.groupingKey());
        if (request.operation() == PushOperation.DELETE) {
            return withoutBody(method, url);
        }
        Payload payload = encoder.encode(request.snapshots(), request.increments());
        Map<String, String> headers = payload.isCompressed() ? compressedPushHeaders : pushHeaders;
        return new GatewayRequest(url, method, settings.requestTimeout(), headers, payload.bytes());
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
        } finally {
            executor.close();
            RequestExecutor others = existingUnordered();
            if (others != null) {
                others.close();
            }
        }
    }
}
