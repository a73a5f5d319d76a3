package io.github.camelpushgateway.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of an attempt by another thread. It closes the resource that the attempt is waiting for. A closed
 * resource neither blocks nor sends.
 */
public final class Cancellation {

    @Nullable
    private Closeable current;

    @Nullable
    private IOException reason;

    @Nullable
    private CompletableFuture<Void> end;

    private boolean finished;

    /**
     * Sets the resource that the attempt waits for.
     *
     * @param closeable is closed on cancellation
     * @throws IOException if the attempt is already cancelled; the resource is then closed
     */
    void closeOnCancel(Closeable closeable) throws IOException {
        synchronized (this) {
            if (!isCancelled()) {
                current = closeable;
                return;
            }
        }
        closeable.close();
        check();
    }

    /** Returns a future that completes when the attempt is cancelled or has finished. */
    synchronized CompletableFuture<Void> whenEnded() {
        CompletableFuture<Void> known = end;
        if (known == null) {
            known = new CompletableFuture<>();
            end = known;
        }
        if (isCancelled()) {
            known.complete(null);
        }
        return known;
    }

    /** Clears the resource. The attempt waits for nothing that must be closed. */
    synchronized void clear() {
        current = null;
    }

    /**
     * Checks that the attempt has not ended.
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

    /** Returns the reason for the cancellation, or null if the attempt was not cancelled. */
    public synchronized @Nullable IOException reason() {
        return reason;
    }

    /** Returns whether the attempt was cancelled or has finished. */
    public synchronized boolean isCancelled() {
        return finished || reason != null;
    }

    /** Cancels the attempt and closes its resource, now and later. Nothing is sent after this method has returned. */
    public void cancel(IOException cause) {
        close(cause);
    }

    /** Finishes an attempt that was not cancelled, with the same effect on its resource. */
    public void finish() {
        close(null);
    }

    private void close(@Nullable IOException cause) {
        Closeable resource;
        CompletableFuture<Void> waiting;
        synchronized (this) {
            if (reason == null) {
                reason = cause;
            }
            finished = true;
            resource = current;
            current = null;
            waiting = end;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
        if (resource != null) {
            try {
                resource.close();
            } catch (IOException e) {
                // the socket is closed even if close() fails
            }
        }
    }
}
