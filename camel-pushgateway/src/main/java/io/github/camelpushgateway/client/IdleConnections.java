package io.github.camelpushgateway.client;

import java.net.HttpURLConnection;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what the JDK keeps open: it has no list of its idle connections, but {@link HttpURLConnection#disconnect()} on one
 * that is done closes one of those to the same gateway. So as many are remembered as there can be.
 */
final class IdleConnections {

    /** A connection that is done still holds its request's body: a large one is not worth being remembered. */
    private static final int SMALL = 65_536;

    private final Deque<HttpURLConnection> done = new ArrayDeque<>();
    private boolean closed;

    synchronized void add(HttpURLConnection connection, int bodyLength) {
        if (closed) {
            connection.disconnect();
        } else if (bodyLength <= SMALL) {
            if (done.size() == PushgatewayClient.MAX_CONNECTIONS) {
                done.removeFirst();
            }
            done.addLast(connection);
        }
    }

    synchronized void close() {
        closed = true;
        done.forEach(HttpURLConnection::disconnect);
        done.clear();
    }
}
