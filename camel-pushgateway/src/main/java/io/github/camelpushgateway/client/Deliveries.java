package io.github.camelpushgateway.client;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has requests to one gateway carried out, by a few daemon threads: each attempt ends within the request timeout, and what may
 * pass is tried again.
 */
final class Deliveries implements AutoCloseable {

    /** A gateway takes one push after another anyway. */
    private static final int MAX_CONNECTIONS = 5;

    /** On the thread of a sender an exchange goes on without waking another thread. */
    private static final int MAX_CONTINUING = 15;

    private static final long IDLE_SECONDS = 10;

    private final ClientSettings settings;
    private final HttpTransport transport;
    private final HandlerChain handlers;
    private final ThreadPoolExecutor senders;
    private final SenderSlots slots;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Deadlines deadlines;
    private final FailsafeExecutor<GatewayResponse> retrying;
    private final FailsafeExecutor<GatewayResponse> once;
    private final Set<Delivery> underWay = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Deliveries(ClientSettings settings) {
        this.settings = settings;
        handlers = new HandlerChain(settings.handlers());
        String name =
                "pushgateway-" + settings.url().host() + '-' + settings.url().port();
        // a handler may hold a thread longer than the slot, so it is the slots that bound how many there are
        senders = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(name + "-send-"));
        DaemonThreads lookups = new DaemonThreads(name + "-lookup-");
        transport = new HttpTransport(new Connector(
                settings.connectTimeout(),
                settings.tls(),
                new HostResolver(
                        InetAddress::getAllByName,
                        lookup -> lookups.newThread(lookup).start())));
        watchdog = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-deadline-"));
        watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
        slots = new SenderSlots(MAX_CONNECTIONS, MAX_CONTINUING, senders, watchdog);
        deadlines = new Deadlines(settings.requestTimeout(), watchdog);
        RetryScheduler scheduler = new RetryScheduler(watchdog);
        retrying = Failsafe.with(Retries.policy(settings.maxRetries(), settings.retryDelay()))
                .with(scheduler);
        once = Failsafe.with(
                        RetryPolicy.<GatewayResponse>builder().withMaxRetries(0).build())
                .with(scheduler);
    }

    /** Returns what runs at a later time, on a thread of which nobody may take much. */
    ScheduledExecutorService watchdog() {
        return watchdog;
    }

    /** Starts a request, with as many attempts as the settings allow. */
    Delivery start(
            Attempted attempted, Involved involved, @Nullable Received<?> received, Supplier<GatewayRequest> http) {
        return start(attempted, involved, received, http, retrying);
    }

    /** Starts a request that is attempted once. */
    Delivery startOnce(Attempted attempted, Supplier<GatewayRequest> http) {
        return start(attempted, Involved.NOBODY, null, http, once);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private Delivery start(
            Attempted attempted,
            Involved involved,
            @Nullable Received<?> received,
            Supplier<GatewayRequest> http,
            FailsafeExecutor<GatewayResponse> failsafe) {
        Delivery delivery = new Delivery(attempted, involved, sentAgain -> begin(http, involved, received, sentAgain));
        underWay.add(delivery);
        delivery.outcome().whenComplete((response, failure) -> underWay.remove(delivery));
        if (!closed) {
            delivery.start(failsafe);
        }
        if (closed) {
            // close() may have looked before this one was there
            delivery.cancel(new ClientClosedException());
        }
        return delivery;
    }

    private Attempt begin(
            Supplier<GatewayRequest> http, Involved involved, @Nullable Received<?> received, Runnable sentAgain) {
        Attempt attempt = new Attempt(
                http, involved, received, settings.requestTimeout(), handlers, transport, deadlines, sentAgain);
        slots.run(attempt);
        return attempt;
    }

    /** Tells whether nothing is under way. */
    boolean isIdle() {
        return underWay.isEmpty();
    }

    /** Ends what is under way with an exception, and lets go of all threads and connections. */
    @Override
    public void close() {
        closed = true;
        // interrupts none that goes on with what follows
        senders.shutdown();
        slots.close();
        underWay.forEach(delivery -> delivery.cancel(new ClientClosedException()));
        watchdog.shutdownNow();
    }
}
