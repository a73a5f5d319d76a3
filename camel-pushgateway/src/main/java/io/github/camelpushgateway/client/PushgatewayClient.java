package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.HeaderMaps;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.encoding.Payload;
import io.github.camelpushgateway.client.encoding.PayloadEncoder;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.http.Sending;
import io.github.camelpushgateway.client.query.GroupReader;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends requests to one gateway, without ever making the caller wait. Requests are carried out by a few daemon threads of
 * the client's own; whoever has more to do with an outcome than to note it should go on elsewhere
 * ({@code whenCompleteAsync}), since it would keep a thread from sending.
 *
 * <p>Each attempt ends within the request timeout, whatever the gateway or the network does; what may pass is tried again.
 */
public final class PushgatewayClient implements AutoCloseable {

    private static final SortedMap<String, String> HEADERS =
            HeaderMaps.copy(Map.of("Accept", "*/*", "User-Agent", "camel-pushgateway"));

    private final ClientSettings settings;
    private final GroupUrls groupUrls;
    private final PayloadEncoder encoder;
    private final RequestExecutor deliveries;
    private final GroupQueues lanes;
    private final PendingLimit pending;

    private volatile boolean closed;

    /** Prepares a client whose stages complete on whatever thread knows the outcome: what follows them must not take long. */
    public PushgatewayClient(ClientSettings settings) {
        this(settings, Runnable::run);
    }

    /**
     * Prepares a client; nothing is opened before the first request.
     *
     * @param others complete the stages, and so do what follows them, of requests that were sent with others, or came to
     *     nothing. One that was sent alone completes on the thread that has sent it, for as long as it likes: another sends then
     */
    public PushgatewayClient(ClientSettings settings, Executor others) {
        this(settings, others, RequestExecutor.MAX_IDLE);
    }

    /** As the public one, with the time for which a thread or a connection is kept without work. */
    PushgatewayClient(ClientSettings settings, Executor others, Duration maxIdle) {
        this.settings = settings;
        groupUrls = new GroupUrls(settings.url());
        encoder = new PayloadEncoder(settings.format(), settings.compression());
        deliveries = new RequestExecutor(settings.http(), maxIdle);
        pending = new PendingLimit(settings.maxPending());
        lanes = new GroupQueues(
                settings.coalesce(),
                new Linger(deliveries.timer()),
                new ContinuationRelay(others, deliveries.timer()),
                this::carryOut);
    }

    /**
     * Sends the request. Requests to one group are sent in the order in which they are asked for, one at a time; what waits is
     * sent as one, with the same effect and the same outcomes, unless the settings say otherwise. After a request without a response
     * the next one is sent twice. The stage completes once: with the answer, or with
     * a {@link PushgatewayException} and no other exception.
     */
    public CompletionStage<PushResponse> send(PushRequest request) {
        return send(request, new CountedPush(new PushStatistics(), false));
    }

    /**
     * Sends the request, and lets its counters know: see {@link #send(PushRequest)}. If {@code maxPending} requests have no outcome yet, the
     * stage has failed when it is returned.
     *
     * @param push the push that is to be counted
     */
    public CompletionStage<PushResponse> send(PushRequest request, CountedPush push) {
        CompletionStage<PushResponse> outcome = pending.begin(
                () -> lanes.send(request, push),
                words -> PushgatewayException.of(request, words, new RejectedExecutionException("maxPending")));
        if (closed) {
            // close() may have looked before this one was there, and nobody may come to see to it
            endWhatWaits();
        }
        return outcome;
    }

    private void endWhatWaits() {
        lanes.close(request -> FailureMessages.withoutResponse(
                RequestDescription.of(request, settings.url()), 0, new ClientClosedException()));
    }

    private Sending carryOut(PushRequest request, RequestListener listener, boolean onCallersThread) {
        Supplier<GatewayRequest> http = new Memo<>(() -> encode(request));
        return deliveries.start(RequestDescription.of(request, settings.url()), listener, http, onCallersThread);
    }

    /**
     * Asks the gateway whether it is ready: see the <a
     * href="https://github.com/prometheus/pushgateway#management-api">Pushgateway's README, "Management API"</a>. It is
     * asked once, with the credentials of a push, and the stage completes as that of a push.
     */
    public CompletionStage<PushResponse> ready() {
        return begin(
                RequestDescription.HEALTH_CHECK,
                () -> deliveries
                        .startOnce(
                                new RequestDescription(RequestDescription.HEALTH_CHECK, null, settings.url()),
                                () -> bare("GET", "/-/ready"))
                        .outcome());
    }

    /**
     * Reads what the gateway holds, group by group: see the <a
     * href="https://github.com/prometheus/pushgateway#query-api">Pushgateway's README, "Query API"</a>. It needs
     * a gateway from 1.2 on; the time for an attempt is for the whole answer.
     *
     * @param keep is given each group as soon as it is read, on a thread of the client's, and returns what is kept of it. If an
     *     attempt fails, the next one begins with the first group again
     * @return completes with what was kept, in the order of the gateway, or as that of a push
     */
    public <T> CompletionStage<List<T>> groups(Function<GatewayGroup, Optional<T>> keep) {
        return groups(false, keep);
    }

    /**
     * Reads what the gateway holds, as {@link #groups(Function)} does. If the age of a group decides whether it is kept, a gateway whose
     * clock differs by more than five minutes from that of this machine, or is not known, is a failure: all ages would be wrong.
     */
    public CompletionStage<List<GatewayGroup>> groups(Gateways.Keep keep) {
        return groups(keep.byAge(), keep.choice());
    }

    private <T> CompletionStage<List<T>> groups(boolean byAge, Function<GatewayGroup, Optional<T>> keep) {
        return read("groups", "/api/v1/metrics", new GroupReader<>(settings.url(), byAge, keep));
    }

    /**
     * Reads the state of the gateway: {@code build_information} and {@code flags}, which are maps, and {@code start_time}; as
     * {@link #groups} otherwise.
     */
    public CompletionStage<Map<String, Object>> status() {
        return read("status", "/api/v1/status", new StatusReader());
    }

    /**
     * Deletes all groups of the gateway, whoever has pushed them, in no order with what else is under way: see the <a
     * href="https://github.com/prometheus/pushgateway#admin-api">Pushgateway's README, "Admin API"</a>. The stage completes as
     * that of a push.
     */
    public CompletionStage<PushResponse> wipe() {
        return begin(
                RequestDescription.WIPE,
                () -> deliveries
                        .start(
                                new RequestDescription(RequestDescription.WIPE, null, settings.url()),
                                RequestListener.NONE,
                                null,
                                () -> bare("PUT", "/api/v1/admin/wipe"))
                        .outcome());
    }

    private <T> CompletionStage<T> begin(String operation, Supplier<CompletionStage<T>> request) {
        return pending.begin(
                request,
                words -> PushgatewayException.of(operation, words, new RejectedExecutionException("maxPending")));
    }

    private <T> CompletionStage<T> read(String operation, String path, ResponseParser<T> reader) {
        RequestDescription description = new RequestDescription(operation, null, settings.url());
        ParsedResponse<T> received = new ParsedResponse<>(reader);
        return begin(
                operation,
                () -> parsed(
                        deliveries
                                .start(description, RequestListener.NONE, received, () -> bare("GET", path))
                                .outcome(),
                        received,
                        description));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private static <T> CompletionStage<T> parsed(
            CompletableFuture<PushResponse> outcome, ParsedResponse<T> received, RequestDescription description) {
        CompletableFuture<T> result = new CompletableFuture<>();
        outcome.whenComplete((response, failure) -> {
            T value = received.value();
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (value != null) {
                result.complete(value);
            } else {
                result.completeExceptionally(FailureMessages.withoutResponse(
                        description,
                        1,
                        new MalformedResponseException(
                                "the option handler has answered itself, so there was nothing to read", null)));
            }
        });
        // not the stage that whenComplete gives: it would wrap the exception
        return result;
    }

    private GatewayRequest bare(String method, String path) {
        return bare(method, settings.url().resolve(path));
    }

    private GatewayRequest bare(String method, URI url) {
        return GatewayRequest.of(url, method, settings.requestTimeout(), HEADERS);
    }

    private GatewayRequest encode(PushRequest request) {
        String method = request.operation().method();
        URI url = groupUrls.of(request.groupingKey());
        if (request.operation() == PushOperation.DELETE) {
            return bare(method, url);
        }
        Payload payload = encoder.encode(request.snapshots());
        SortedMap<String, String> headers = new TreeMap<>(HEADERS);
        headers.put("Content-Type", payload.contentType());
        String encoding = payload.contentEncoding();
        if (encoding != null) {
            headers.put("Content-Encoding", encoding);
        }
        return new GatewayRequest(url, method, settings.requestTimeout(), headers, payload.bytes());
    }

    /** Tells whether nothing is under way or waiting, and nothing is kept for any group. */
    boolean isIdle() {
        return deliveries.isIdle() && lanes.size() == 0;
    }

    /** Ends what is under way or waiting with an exception, and lets go of all threads and connections. */
    @Override
    public void close() {
        closed = true;
        try {
            endWhatWaits();
        } finally {
            deliveries.close();
        }
    }
}
