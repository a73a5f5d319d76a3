package io.github.camelpushgateway.client;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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
        Delivery delivery = deliver(Attempted.of(request, settings.url()), involved, http, retrying);
        return new Lanes.Sending(delivery.outcome(), delivery::over);
    }

    /**
     * Asks the gateway whether it is ready: see the <a
     * href="https://github.com/prometheus/pushgateway#management-api">Pushgateway's README, "Management API"</a>. It is
     * asked once, with the credentials of a push, and the stage completes as that of a push.
     */
    public CompletionStage<PushResponse> ready() {
        GatewayRequest http =
                GatewayRequest.of(settings.url().resolve("/-/ready"), "GET", settings.requestTimeout(), HEADERS);
        return deliver(new Attempted(HEALTH_CHECK, "", settings.url()), Involved.NOBODY, () -> http, once)
                .outcome();
    }

    private GatewayRequest encode(PushRequest request) {
        GatewayRequest http = GatewayRequest.of(
                settings.url().resolve(request.groupingKey().path()),
                request.operation().method(),
                settings.requestTimeout(),
                HEADERS);
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
            Supplier<GatewayRequest> http,
            FailsafeExecutor<GatewayResponse> failsafe) {
        Delivery delivery = new Delivery(attempted, involved, () -> begin(http, involved));
        underWay.add(delivery);
        delivery.outcome().whenComplete((response, failure) -> underWay.remove(delivery));
        delivery.start(failsafe);
        if (closed) {
            // close() may have looked before this one was there
            delivery.cancel(new ClientClosedException());
        }
        return delivery;
    }

    private Attempt begin(Supplier<GatewayRequest> http, Involved involved) {
        Attempt attempt = new Attempt(http, involved, settings.requestTimeout(), handlers, transport, deadlines);
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
