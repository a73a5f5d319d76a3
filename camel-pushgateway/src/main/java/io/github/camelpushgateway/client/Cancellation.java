package io.github.camelpushgateway.client;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends from another thread whatever an attempt waits for: what is closed neither waits nor sends any more. */
final class Cancellation {

    @Nullable
    private Closeable current;

    @Nullable
    private IOException reason;

    /**
     * Names what the attempt waits for from now on.
     *
     * @throws IOException if the attempt is cancelled already; it is closed then
     */
    void waitFor(Closeable closeable) throws IOException {
        synchronized (this) {
            if (reason == null) {
                current = closeable;
                return;
            }
        }
        closeable.close();
        check();
    }

    /** Nothing is waited for any more that has to be closed. */
    synchronized void end() {
        current = null;
    }

    /** @throws IOException the reason, if the attempt is cancelled */
    synchronized void check() throws IOException {
        if (reason != null) {
            throw reason;
        }
    }

    synchronized boolean isCancelled() {
        return reason != null;
    }

    /** Ends what is waited for now, or will be. When this returns, nothing is sent any more. */
    void cancel(IOException why) {
        Closeable waitedFor;
        synchronized (this) {
            if (reason == null) {
                reason = why;
            }
            waitedFor = current;
            current = null;
        }
        if (waitedFor != null) {
            try {
                waitedFor.close();
            } catch (IOException e) {
                // a socket is closed even if that fails
            }
        }
    }
}
