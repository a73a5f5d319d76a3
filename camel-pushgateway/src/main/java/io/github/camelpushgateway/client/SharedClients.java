package io.github.camelpushgateway.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One client for all that has the same settings, so that threads and connections are counted per gateway and not per
 * endpoint: {@code toD} makes an endpoint per job. A client lives for as long as somebody holds a lease on it: an endpoint
 * that is started, and each push that is under way, also one whose endpoint Camel has evicted meanwhile.
 *
 * <p>Camel starts some endpoints before their component, such as those in a {@code split}. A client can therefore be leased before
 * the component has started. It opens no thread and no connection until the first request.
 */
public final class SharedClients {

    private final Executor others;
    private final Map<ClientSettings, Shared> clients = new HashMap<>();
    private boolean closed;

    /** @param others let exchanges go on: see {@link PushgatewayClient#PushgatewayClient(ClientSettings, Executor)} */
    public SharedClients(Executor others) {
        this.others = others;
    }

    private static final class Shared {
        private final PushgatewayClient client;
        private int leases;

        Shared(PushgatewayClient client) {
            this.client = client;
        }
    }

    /** The use of a client until it is closed. */
    final class Lease implements AutoCloseable {

        private final ClientSettings settings;
        private final Shared shared;
        private boolean returned;

        private Lease(ClientSettings settings, Shared shared) {
            this.settings = settings;
            this.shared = shared;
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

    public synchronized boolean isClosed() {
        return closed;
    }

    /** @throws IllegalStateException if the component is stopped */
    synchronized Lease lease(ClientSettings settings) {
        if (closed) {
            throw new IllegalStateException("the component pushgateway is stopped; start the Camel context first");
        }
        Shared shared = clients.computeIfAbsent(settings, made -> new Shared(new PushgatewayClient(made, others)));
        shared.leases++;
        return new Lease(settings, shared);
    }

    /**
     * Leases a client for one thing to do, and gives it back when that has its outcome.
     *
     * @throws IllegalStateException if the component is stopped
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    <T> CompletionStage<T> use(ClientSettings settings, Function<PushgatewayClient, CompletionStage<T>> task) {
        Lease lease = lease(settings);
        CompletionStage<T> outcome;
        try {
            outcome = task.apply(lease.shared.client);
        } catch (Throwable e) { // also an error
            lease.close();
            throw e;
        }
        outcome.whenComplete((done, failure) -> lease.close());
        return outcome;
    }

    /** Closes all clients, whoever uses them, and refuses leases until {@link #open}. */
    public void close() {
        Map<ClientSettings, Shared> all;
        synchronized (this) {
            closed = true;
            all = new HashMap<>(clients);
            clients.clear();
        }
        all.values().forEach(shared -> shared.client.close());
    }
}
