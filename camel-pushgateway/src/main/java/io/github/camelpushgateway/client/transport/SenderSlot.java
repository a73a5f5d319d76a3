package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The place of one attempt at a time among the senders of a client, with the connection that is kept there between two of them. */
public final class SenderSlot {

    private final long maxIdleNanos;

    @Nullable
    private GatewayConnection idle;

    private boolean closed;

    public SenderSlot(long maxIdleNanos) {
        this.maxIdleNanos = maxIdleNanos;
    }

    /** Takes the connection that is kept, if it leads there. */
    synchronized @Nullable GatewayConnection take(Origin origin) {
        GatewayConnection kept = idle;
        if (kept != null && !kept.leadsTo(origin)) {
            closeIdle();
            return null;
        }
        idle = null;
        return kept;
    }

    /** Returns whether a connection is kept. */
    public synchronized boolean isConnected() {
        return idle != null;
    }

    /** Keeps a connection, instead of another one that is kept. */
    synchronized void keep(GatewayConnection connection) {
        closeIdle();
        idle = connection;
        if (closed) {
            closeIdle();
        }
    }

    /**
     * Closes a connection that was idle for long.
     *
     * @return for how many more nanoseconds another one is kept, or {@link Long#MAX_VALUE} if there is none
     */
    public synchronized long closeIfOld() {
        if (idle == null) {
            return Long.MAX_VALUE;
        }
        long left = maxIdleNanos - idle.idleNanos();
        if (left <= 0) {
            closeIdle();
            return Long.MAX_VALUE;
        }
        return left;
    }

    /** Keeps no connection any more. */
    public synchronized void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        GatewayConnection kept = idle;
        idle = null;
        if (kept != null) {
            try {
                kept.close();
            } catch (IOException e) {
                // it is closed even so
            }
        }
    }
}
