package io.github.camelpushgateway.client.http;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.client.transport.Connector;
import io.github.camelpushgateway.client.transport.DaemonThreads;
import io.github.camelpushgateway.client.transport.HostResolver;
import io.github.camelpushgateway.client.transport.HttpTransport;
import io.github.camelpushgateway.client.transport.ParsedResponse;
import java.net.InetAddress;
import java.time.Duration;
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
public final class RequestExecutor implements AutoCloseable {

    /** A gateway takes one push after another anyway. */
    private static final int MAX_CONNECTIONS = 5;

    /** On the thread of a sender an exchange goes on without waking another thread. */
    private static final int MAX_CONTINUING = 15;

    /** For how long a thread or a connection is kept without work. Proxies close connections that were idle for a minute, most of them. */
    public static final Duration MAX_IDLE = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final HttpTransport transport;
    private final HandlerChain handlers;
    private final ThreadPoolExecutor senders;
    private final SenderPool slots;
    private final ScheduledThreadPoolExecutor watchdog;
    private final AttemptTimeouts deadlines;
    private final Set<RequestExecution> underWay = ConcurrentHashMap.newKeySet();

    @Nullable
    private Retries retries;

    private volatile boolean closed;

    public RequestExecutor(HttpSettings settings, Duration maxIdle) {
        this.settings = settings;
        handlers = new HandlerChain(settings.handlers());
        String name =
                "pushgateway-" + settings.url().host() + '-' + settings.url().port();
        // a handler may hold a thread longer than the slot, so it is the slots that bound how many there are
        senders = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                maxIdle.toNanos(),
                TimeUnit.NANOSECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(name + "-send-"));
        transport = new HttpTransport(
                new Connector(
                        settings.connectTimeout(),
                        settings.tls(),
                        new HostResolver(InetAddress::getAllByName, new DaemonThreads(name + "-lookup-"))),
                handlers.seesResponses());
        watchdog = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-deadline-"));
        watchdog.setKeepAliveTime(maxIdle.toNanos(), TimeUnit.NANOSECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
        slots = new SenderPool(MAX_CONNECTIONS, MAX_CONTINUING, senders, watchdog, maxIdle);
        deadlines = new AttemptTimeouts(settings.requestTimeout(), watchdog);
    }

    /** Returns what runs at a later time, on a thread of which nobody may take much. */
    public ScheduledExecutorService watchdog() {
        return watchdog;
    }

    /** Starts a request, with as many attempts as the settings allow. */
    public RequestExecution start(
            RequestDescription description,
            RequestListener listener,
            @Nullable ParsedResponse<?> received,
            Supplier<GatewayRequest> http) {
        return start(description, listener, new Attempts(http, listener, received, settings.maxRetries() > 0));
    }

    /**
     * Starts a push, with as many attempts as the settings allow.
     *
     * @param onCallersThread whether the first attempt runs on the calling thread, if that only has to write and to read: a connection is
     *     open and free, and there is no handler of a user
     */
    public RequestExecution start(
            RequestDescription description,
            RequestListener listener,
            Supplier<GatewayRequest> http,
            boolean onCallersThread) {
        Attempts attempts = new Attempts(http, listener, null, settings.maxRetries() > 0);
        attempts.onCallersThread = onCallersThread && !handlers.seesResponses();
        return start(description, listener, attempts);
    }

    /** Starts a request that is attempted once. */
    public RequestExecution startOnce(RequestDescription description, Supplier<GatewayRequest> http) {
        return start(description, RequestListener.NONE, new Attempts(http, RequestListener.NONE, null, false));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private RequestExecution start(RequestDescription description, RequestListener listener, Attempts attempts) {
        RequestExecution delivery = new RequestExecution(description, listener, attempts);
        underWay.add(delivery);
        delivery.outcome().whenComplete((response, failure) -> underWay.remove(delivery));
        if (!closed) {
            delivery.start();
        }
        if (closed) {
            // close() may have looked before this one was there
            delivery.cancel(new ClientClosedException());
        }
        return delivery;
    }

    private final class Attempts implements RequestExecution.Attempts {

        private final Supplier<GatewayRequest> http;
        private final RequestListener listener;

        @Nullable
        private final ParsedResponse<?> received;

        private final boolean retried;

        /** Of the first attempt. */
        private boolean onCallersThread;

        Attempts(
                Supplier<GatewayRequest> http,
                RequestListener listener,
                @Nullable ParsedResponse<?> received,
                boolean retried) {
            this.http = http;
            this.listener = listener;
            this.received = received;
            this.retried = retried;
        }

        @Override
        public Attempt prepare(Runnable begins) {
            return new Attempt(
                    http, listener, received, settings.requestTimeout(), handlers, transport, deadlines, begins);
        }

        @Override
        public void begin(Attempt attempt) {
            if (onCallersThread) {
                onCallersThread = false;
                slots.runHere(attempt);
            } else {
                slots.run(attempt);
            }
        }

        @Override
        public @Nullable Retries retries() {
            return retried ? RequestExecutor.this.retries() : null;
        }
    }

    private synchronized Retries retries() {
        Retries known = retries;
        if (known == null) {
            known = new Retries(settings.maxRetries(), settings.retryDelay(), watchdog);
            retries = known;
        }
        return known;
    }

    /** Tells whether nothing is under way. */
    public boolean isIdle() {
        return underWay.isEmpty();
    }

    /** Ends what is under way with an exception, and lets go of all threads and connections. */
    @Override
    public void close() {
        closed = true;
        // interrupts none that goes on with what follows
        senders.shutdown();
        slots.close();
        for (RequestExecution delivery : underWay) {
            delivery.cancel(new ClientClosedException());
        }
        watchdog.shutdownNow();
    }
}
