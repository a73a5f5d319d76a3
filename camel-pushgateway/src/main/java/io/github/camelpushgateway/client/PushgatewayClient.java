package io.github.camelpushgateway.client;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to one gateway, without ever making the caller wait. Requests are carried out by a few daemon threads of
 * the client's own; whoever has more to do with an outcome than to note it should go on elsewhere
 * ({@code whenCompleteAsync}), since it would keep a thread from sending.
 *
 * <p>Each attempt ends within the request timeout, whatever the gateway or the network does.
 */
public final class PushgatewayClient implements AutoCloseable {

    /** As many connections as the JDK keeps alive to one host, by default; a gateway takes one push after another anyway. */
    private static final int MAX_CONNECTIONS = 5;

    private static final long IDLE_SECONDS = 10;

    private final ClientSettings settings;
    private final Transport transport;
    private final TextEncoder encoder = new TextEncoder();
    private final ThreadPoolExecutor senders;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

    /** Prepares a client; nothing is opened before the first request. */
    public PushgatewayClient(ClientSettings settings) {
        this(settings, new UrlConnectionTransport(settings.connectTimeout(), settings.requestTimeout()));
    }

    PushgatewayClient(ClientSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
        String name =
                "pushgateway-" + settings.url().host() + '-' + settings.url().port();
        senders = new ThreadPoolExecutor(
                MAX_CONNECTIONS,
                MAX_CONNECTIONS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DaemonThreads(name + "-send-"));
        senders.allowCoreThreadTimeOut(true);
        watchdog = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-deadline-"));
        watchdog.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends the request. The stage completes once: with the answer, or with a {@link PushgatewayException} and no other
     * exception.
     */
    public CompletionStage<PushResponse> send(PushRequest request) {
        Attempt attempt = new Attempt(request, settings, transport, encoder, watchdog);
        underWay.add(attempt);
        attempt.outcome().whenComplete((response, failure) -> underWay.remove(attempt));
        try {
            senders.execute(attempt);
        } catch (RejectedExecutionException e) {
            attempt.cancel(new IOException("the client is closed", e));
        }
        // not the stage that whenComplete gives: it would wrap the exception
        return attempt.outcome();
    }

    /** Ends what is under way or waiting with an exception, and lets go of all threads. */
    @Override
    public void close() {
        senders.shutdownNow();
        underWay.forEach(attempt -> attempt.cancel(new IOException("the client was closed")));
        watchdog.shutdownNow();
    }
}
