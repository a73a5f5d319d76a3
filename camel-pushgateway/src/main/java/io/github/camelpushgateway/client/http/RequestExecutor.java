package io.github.camelpushgateway.client.http;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The executor of requests to one gateway, with a few daemon threads. Each attempt ends within the request timeout.
 * Attempts with a temporary failure are retried.
 */
public final class RequestExecutor implements AutoCloseable {

    /** The maximum number of connections. More are of no use, because a gateway processes one push after another. */
    private static final int MAX_CONNECTIONS = 5;

    /** The maximum number of continuations on sender threads, which saves waking another thread. */
    private static final int MAX_CONTINUING = 15;

    /**
     * The default time for which an idle thread or connection is kept. Most proxies close connections that are idle for
     * a minute.
     */
    public static final Duration MAX_IDLE = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final HttpTransport transport;
    private final HandlerChain handlers;
    private final ThreadPoolExecutor senders;
    private final SenderPool slots;
    private final ScheduledThreadPoolExecutor timer;
    private final AttemptTimeouts timeouts;
    private final Set<RequestExecution> inFlight = ConcurrentHashMap.newKeySet();

    @Nullable
    private Retries retries;

    private volatile boolean closed;

    /**
     * Creates an executor. Nothing is opened before the first request.
     *
     * @param settings the settings of the requests
     * @param maxIdle the time for which an idle thread or connection is kept
     */
    public RequestExecutor(HttpSettings settings, Duration maxIdle) {
        this.settings = settings;
        handlers = new HandlerChain(settings.handlers());
        String name =
                "pushgateway-" + settings.url().host() + '-' + settings.url().port();
        // unbounded, since a handler may block a thread after its slot is returned; the slots limit the attempts
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
        timer = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-deadline-"));
        timer.setKeepAliveTime(maxIdle.toNanos(), TimeUnit.NANOSECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        slots = new SenderPool(MAX_CONNECTIONS, MAX_CONTINUING, senders, timer, maxIdle);
        timeouts = new AttemptTimeouts(settings.requestTimeout(), timer);
    }

    /** Returns the timer. Its tasks must be short, because they share one thread. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Starts a request, with as many attempts as the settings allow. */
    public RequestExecution start(
            RequestDescription description,
            RequestListener listener,
            @Nullable ParsedResponse<?> parsed,
            RequestSource source) {
        return start(description, listener, new Attempts(source, listener, parsed, settings.maxRetries() > 0));
    }

    /**
     * Starts a push, with as many attempts as the settings allow.
     *
     * @param onCallersThread whether the first attempt may run on the calling thread. It does if it only has to write
     *     and read: a connection is open and idle, and there is no custom handler
     */
    public RequestExecution start(
            RequestDescription description, RequestListener listener, RequestSource source, boolean onCallersThread) {
        Attempts attempts = new Attempts(source, listener, null, settings.maxRetries() > 0);
        attempts.onCallersThread = onCallersThread && !handlers.seesResponses();
        return start(description, listener, attempts);
    }

    /** Starts a request that is not retried. */
    public RequestExecution startOnce(RequestDescription description, RequestSource source) {
        return start(description, RequestListener.NONE, new Attempts(source, RequestListener.NONE, null, false));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    private RequestExecution start(RequestDescription description, RequestListener listener, Attempts attempts) {
        RequestExecution execution = new RequestExecution(description, listener, attempts);
        inFlight.add(execution);
        execution.outcome().whenComplete((response, failure) -> inFlight.remove(execution));
        if (!closed) {
            execution.start();
        }
        if (closed) {
            // close() may have run before this execution was visible
            execution.cancel(new ClientClosedException());
        }
        return execution;
    }

    private final class Attempts implements RequestExecution.Attempts {

        private final RequestSource source;
        private final LazyRequest request;
        private final RequestListener listener;

        @Nullable
        private final ParsedResponse<?> parsed;

        private final boolean isRetried;

        /** Whether the first attempt may run on the calling thread. */
        private boolean onCallersThread;

        Attempts(
                RequestSource source, RequestListener listener, @Nullable ParsedResponse<?> parsed, boolean isRetried) {
            this.source = source;
            request = new LazyRequest(source);
            this.listener = listener;
            this.parsed = parsed;
            this.isRetried = isRetried;
        }

        @Override
        public Attempt prepare(AtomicInteger requests) {
            return new Attempt(
                    request, listener, parsed, settings.requestTimeout(), handlers, transport, timeouts, requests);
        }

        @Override
        public void begin(Attempt attempt) {
            if (onCallersThread) {
                onCallersThread = false;
                slots.runOnCallersThread(attempt);
            } else {
                slots.run(attempt);
            }
        }

        @Override
        public void accepted() {
            source.accepted();
        }

        @Override
        public @Nullable Retries retries() {
            return isRetried ? RequestExecutor.this.retries() : null;
        }
    }

    private synchronized Retries retries() {
        Retries known = retries;
        if (known == null) {
            known = new Retries(settings.maxRetries(), settings.retryDelay(), timer);
            retries = known;
        }
        return known;
    }

    /** Returns whether a custom handler may send requests itself. */
    public boolean hasCustomHandler() {
        return handlers.seesResponses();
    }

    /** Returns whether no request is in flight. */
    public boolean isIdle() {
        return inFlight.isEmpty();
    }

    /** Cancels the requests in flight, and releases all threads and connections. */
    @Override
    public void close() {
        closed = true;
        // does not interrupt threads that run continuations
        senders.shutdown();
        slots.close();
        for (RequestExecution execution : inFlight) {
            execution.cancel(new ClientClosedException());
        }
        timer.shutdownNow();
    }
}
