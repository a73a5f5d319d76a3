package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A sender slot of a client. One attempt at a time uses it. It keeps the connection between two attempts. */
public final class SenderSlot {

    private final long maxIdleNanos;

    @Nullable
    private GatewayConnection idle;

    private boolean closed;

    /**
     * Creates a slot without a connection.
     *
     * @param maxIdleNanos the time for which an idle connection is kept, in nanoseconds
     */
    public SenderSlot(long maxIdleNanos) {
        this.maxIdleNanos = maxIdleNanos;
    }

    /** Takes the connection that is kept, or returns null if there is none to this origin. */
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

    /** Keeps a connection, and closes the previous one. */
    synchronized void keep(GatewayConnection connection) {
        closeIdle();
        idle = connection;
        if (closed) {
            closeIdle();
        }
    }

    /**
     * Closes the connection if it was idle for too long.
     *
     * @return the nanoseconds for which the connection is still kept, or {@link Long#MAX_VALUE} if there is none
     */
    public synchronized long closeIfOld() {
        if (idle == null) {
            return Long.MAX_VALUE;
        }
        long remaining = maxIdleNanos - idle.idleNanos();
        if (remaining <= 0) {
            closeIdle();
            return Long.MAX_VALUE;
        }
        return remaining;
    }

    /** Closes the connection. Later ones are closed as soon as they are kept. */
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
                // the connection is closed even if close() fails
            }
        }
    }
}
