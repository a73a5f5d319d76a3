package io.github.camelpushgateway.client;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one gateway, without ever making the caller wait. Requests are carried out by a few daemon threads of
 * the client's own; whoever has more to do with an outcome than to note it should go on elsewhere
 * ({@code whenCompleteAsync}), since it would keep a thread from sending.
 *
 * <p>Each attempt ends within the request timeout, whatever the gateway or the network does; what may pass is tried again.
 */
public final class PushgatewayClient implements AutoCloseable {

    /** As many connections as the JDK keeps alive to one host, by default; a gateway takes one push after another anyway. */
    static final int MAX_CONNECTIONS = 5;

    static final String HEALTH_CHECK = "health check";
    static final String WIPE = "wipe";

    private static final long IDLE_SECONDS = 10;
    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "User-Agent", "camel-pushgateway");

    private final ClientSettings settings;
    private final PayloadEncoder encoder;
    private final Transport transport;
    private final HandlerChain handlers;
    private final ThreadPoolExecutor senders;
    private final SenderSlots slots;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Deadlines deadlines;
    private final FailsafeExecutor<GatewayResponse> retrying;
    private final FailsafeExecutor<GatewayResponse> once;
    private final Lanes lanes;
    private final Set<Delivery> underWay = ConcurrentHashMap.newKeySet();

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
        this.settings = settings;
        encoder = new PayloadEncoder(settings.format(), settings.compression());
        transport = new UrlConnectionTransport(settings.url(), settings.connectTimeout(), settings.tls());
        handlers = new HandlerChain(settings.handlers());
        String name =
                "pushgateway-" + settings.url().host() + '-' + settings.url().port();
        // the slots say how many threads there are: more only while a gateway holds some beyond their deadlines
        senders = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(name + "-send-"));
        slots = new SenderSlots(MAX_CONNECTIONS, senders);
        watchdog = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-deadline-"));
        watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
        deadlines = new Deadlines(settings.requestTimeout(), watchdog);
        RetryScheduler scheduler = new RetryScheduler(watchdog);
        retrying = Failsafe.with(Retries.policy(settings.maxRetries(), settings.retryDelay()))
                .with(scheduler);
        once = Failsafe.with(
                        RetryPolicy.<GatewayResponse>builder().withMaxRetries(0).build())
                .with(scheduler);
        lanes = new Lanes(settings.coalesce(), new Pause(watchdog), new Relay(others, watchdog), this::carryOut);
    }

    /**
     * Sends the request. Requests to one group are sent in the order in which they are asked for, one at a time; what waits is
     * sent as one, with the same effect, unless the settings say otherwise. The stage completes once: with the answer, or with
     * a {@link PushgatewayException} and no other exception.
     */
    public CompletionStage<PushResponse> send(PushRequest request) {
        return send(request, new AskedPush(new PushCounters()));
    }

    /**
     * Sends the request, and lets its counters know: see {@link #send(PushRequest)}.
     *
     * @param push the push that is to be counted
     */
    public CompletionStage<PushResponse> send(PushRequest request, AskedPush push) {
        CompletionStage<PushResponse> outcome = lanes.send(request, push);
        if (closed) {
            // close() may have looked before this one was there, and nobody may come to see to it
            endWhatWaits();
        }
        return outcome;
    }

    private void endWhatWaits() {
        lanes.close(request -> PushgatewayException.notAnswered(
                Attempted.of(request, settings.url()), 0, new ClientClosedException()));
    }

    private Lanes.Sending carryOut(PushRequest request, Involved involved) {
        Supplier<GatewayRequest> http = new Memo<>(() -> encode(request));
        Delivery delivery = deliver(Attempted.of(request, settings.url()), involved, null, http, retrying);
        return new Lanes.Sending(delivery.outcome(), delivery::over);
    }

    /**
     * Asks the gateway whether it is ready: see the <a
     * href="https://github.com/prometheus/pushgateway#management-api">Pushgateway's README, "Management API"</a>. It is
     * asked once, with the credentials of a push, and the stage completes as that of a push.
     */
    public CompletionStage<PushResponse> ready() {
        return deliver(
                        new Attempted(HEALTH_CHECK, "", settings.url()),
                        Involved.NOBODY,
                        null,
                        () -> bare("GET", "/-/ready"),
                        once)
                .outcome();
    }

    /**
     * Reads what the gateway holds, group by group: see the <a
     * href="https://github.com/prometheus/pushgateway#query-api">Pushgateway's README, "Query API"</a>. It needs the library
     * {@link JsonLibrary}, and a gateway from 1.2 on; the time for an attempt is for the whole answer.
     *
     * @param keep is given each group as soon as it is read, on a thread of the client's, and returns what is kept of it. If an
     *     attempt fails, the next one begins with the first group again
     * @return completes with what was kept, in the order of the gateway, or as that of a push
     */
    public <T> CompletionStage<List<T>> groups(Function<GatewayGroup, Optional<T>> keep) {
        return read("groups", "/api/v1/metrics", new GroupReader<>(settings.url(), keep));
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
        return deliver(
                        new Attempted(WIPE, "", settings.url()),
                        Involved.NOBODY,
                        null,
                        () -> bare("PUT", "/api/v1/admin/wipe"),
                        retrying)
                .outcome();
    }

    private <T> CompletionStage<T> read(String operation, String path, AnswerReader<T> reader) {
        Attempted attempted = new Attempted(operation, "", settings.url());
        Received<T> received = new Received<>(reader);
        Delivery delivery = deliver(attempted, Involved.NOBODY, received, () -> bare("GET", path), retrying);
        return received.after(delivery.outcome(), attempted);
    }

    private GatewayRequest bare(String method, String path) {
        return GatewayRequest.of(settings.url().resolve(path), method, settings.requestTimeout(), HEADERS);
    }

    private GatewayRequest encode(PushRequest request) {
        GatewayRequest http =
                bare(request.operation().method(), request.groupingKey().path());
        if (request.operation() == PushOperation.DELETE) {
            return http;
        }
        Payload payload = encoder.encode(request.snapshots());
        GatewayRequest typed =
                http.withHeader("Content-Type", payload.contentType()).withBody(payload.bytes());
        String encoding = payload.contentEncoding();
        return encoding == null ? typed : typed.withHeader("Content-Encoding", encoding);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private Delivery deliver(
            Attempted attempted,
            Involved involved,
            @Nullable Received<?> received,
            Supplier<GatewayRequest> http,
            FailsafeExecutor<GatewayResponse> failsafe) {
        Delivery delivery = new Delivery(attempted, involved, () -> begin(http, involved, received));
        underWay.add(delivery);
        delivery.outcome().whenComplete((response, failure) -> underWay.remove(delivery));
        delivery.start(failsafe);
        if (closed) {
            // close() may have looked before this one was there
            delivery.cancel(new ClientClosedException());
        }
        return delivery;
    }

    private Attempt begin(Supplier<GatewayRequest> http, Involved involved, @Nullable Received<?> received) {
        Attempt attempt =
                new Attempt(http, involved, received, settings.requestTimeout(), handlers, transport, deadlines);
        try {
            slots.run(attempt);
        } catch (RejectedExecutionException e) {
            attempt.cancel(new ClientClosedException());
        }
        return attempt;
    }

    /** Tells whether nothing is under way or waiting, and nothing is kept for any group. */
    boolean isIdle() {
        return underWay.isEmpty() && lanes.size() == 0;
    }

    /** Ends what is under way or waiting with an exception, and lets go of all threads and connections. */
    @Override
    public void close() {
        closed = true;
        endWhatWaits();
        // interrupts none that goes on with what follows
        senders.shutdown();
        underWay.forEach(delivery -> delivery.cancel(new ClientClosedException()));
        watchdog.shutdownNow();
        transport.close();
    }
}
