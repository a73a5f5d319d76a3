package io.github.camelpushgateway.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The clients of all endpoints. Endpoints with equal settings share a client, so that threads and connections are
 * limited per gateway and not per endpoint: {@code toD} creates an endpoint per job. A client is open as long as there
 * is a lease on it. A started endpoint holds a lease, and so does each push in flight, even if Camel has evicted its
 * endpoint.
 *
 * <p>Camel starts some endpoints before their component, such as those in a {@code split}. A client can therefore be
 * leased before the component has started. It opens no thread and no connection until the first request.
 */
public final class SharedClients {

    private final Executor continuations;
    private final Map<ClientSettings, Shared> clients = new HashMap<>();
    private boolean closed;

    /**
     * Creates an empty set of clients.
     *
     * @param continuations runs the continuations of pushes: see {@link
     *     PushgatewayClient#PushgatewayClient(ClientSettings, Executor)}
     */
    public SharedClients(Executor continuations) {
        this.continuations = continuations;
    }

    private static final class Shared {
        private final PushgatewayClient client;
        private int leases;

        Shared(PushgatewayClient client) {
            this.client = client;
        }
    }

    /** Returns the executor of continuations, whose tasks may take any time. */
    Executor continuations() {
        return continuations;
    }

    /** A lease on a client, which ends when it is closed. */
    final class Lease implements AutoCloseable {

        private final ClientSettings settings;
        private final Shared shared;
        private boolean returned;

        private Lease(ClientSettings settings, Shared shared) {
            this.settings = settings;
            this.shared = shared;
        }

        PushgatewayClient client() {
            return shared.client;
        }

        /** Ends the lease when the stage completes. Returns the stage. */
        @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
        <T> CompletionStage<T> closeAfter(CompletionStage<T> outcome) {
            outcome.whenComplete((result, failure) -> close());
            return outcome;
        }

        @Override
        public void close() {
            synchronized (SharedClients.this) {
                if (returned) {
                    return;
                }
                returned = true;
                if (--shared.leases > 0) {
                    return;
                }
                clients.remove(settings, shared);
            }
            shared.client.close();
        }
    }

    /** Allows leases again after {@link #close}. */
    public synchronized void open() {
        closed = false;
    }

    /** Returns whether leases are rejected. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Leases the client for the settings.
     *
     * @throws IllegalStateException if the component is stopped
     */
    synchronized Lease lease(ClientSettings settings) {
        if (closed) {
            throw new IllegalStateException("the component pushgateway is stopped; start the Camel context first");
        }
        Shared shared = clients.get(settings);
        if (shared == null) {
            shared = new Shared(new PushgatewayClient(settings, continuations));
            clients.put(settings, shared);
        }
        shared.leases++;
        return new Lease(settings, shared);
    }

    /**
     * Leases a client for one task, and returns the lease when the task has completed.
     *
     * @throws IllegalStateException if the component is stopped
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    <T> CompletionStage<T> use(ClientSettings settings, Function<PushgatewayClient, CompletionStage<T>> task) {
        Lease lease = lease(settings);
        try {
            return lease.closeAfter(task.apply(lease.client()));
        } catch (Throwable e) { // including errors
            lease.close();
            throw e;
        }
    }

    /** Closes all clients, including those with leases, and rejects leases until {@link #open}. */
    public void close() {
        Map<ClientSettings, Shared> all;
        synchronized (this) {
            closed = true;
            all = new HashMap<>(clients);
            clients.clear();
        }
        for (Shared shared : all.values()) {
            shared.client.close();
        }
    }
}
