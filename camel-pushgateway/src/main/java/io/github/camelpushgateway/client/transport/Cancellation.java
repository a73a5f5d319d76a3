package io.github.camelpushgateway.client.transport;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends from another thread whatever an attempt waits for: what is closed neither waits nor sends any more. */
public final class Cancellation {

    @Nullable
    private Closeable current;

    @Nullable
    private IOException reason;

    private boolean finished;

    /**
     * Names what the attempt waits for from now on.
     *
     * @throws IOException if the attempt is cancelled already; it is closed then
     */
    void waitFor(Closeable closeable) throws IOException {
        synchronized (this) {
            if (!isCancelled()) {
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

    /**
     * Fails if the attempt has ended.
     *
     * @throws IOException the reason, if the attempt is cancelled or finished
     */
    public synchronized void check() throws IOException {
        if (reason != null) {
            throw reason;
        }
        if (finished) {
            throw new IOException("the attempt has ended already");
        }
    }

    /** Returns why the attempt was cancelled, if it was. */
    public synchronized @Nullable IOException reason() {
        return reason;
    }

    public synchronized boolean isCancelled() {
        return finished || reason != null;
    }

    /** Ends what is waited for now, or will be. When this returns, nothing is sent any more. */
    public void cancel(IOException why) {
        close(why);
    }

    /** Does the same at the end of an attempt that was not cancelled. */
    public void finish() {
        close(null);
    }

    private void close(@Nullable IOException why) {
        Closeable waitedFor;
        synchronized (this) {
            if (reason == null) {
                reason = why;
            }
            finished = true;
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
