package io.github.camelpushgateway;

import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushgatewayClient;
import java.util.HashMap;
import java.util.Map;

/**
 * One client for all endpoints with the same settings, so that threads and connections are counted per gateway and not per
 * endpoint: {@code toD} makes an endpoint per job.
 */
final class SharedClients implements AutoCloseable {

    private final Map<ClientSettings, Shared> clients = new HashMap<>();

    private static final class Shared {
        private final PushgatewayClient client;
        private int users;

        Shared(ClientSettings settings) {
            client = new PushgatewayClient(settings);
        }
    }

    synchronized PushgatewayClient acquire(ClientSettings settings) {
        Shared shared = clients.computeIfAbsent(settings, Shared::new);
        shared.users++;
        return shared.client;
    }

    /** Lets go of what {@link #acquire} gave; the last to do so closes the client. */
    synchronized void release(ClientSettings settings) {
        Shared shared = clients.get(settings);
        if (shared != null && --shared.users == 0) {
            clients.remove(settings);
            shared.client.close();
        }
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(shared -> shared.client.close());
        clients.clear();
    }
}
