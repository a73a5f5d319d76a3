package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * A resolver of the addresses of hosts. A lookup cannot be cancelled, so it runs on a separate thread, at most one for
 * each host. It ends when the operating system gives up.
 */
public final class HostResolver {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /** An IP address, which the JDK resolves without a name service. */
    private static final Pattern LITERAL = Pattern.compile(OCTET + "(\\." + OCTET + "){3}|.*:.*");

    private final Lookup lookup;
    private final Executor threads;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new HashMap<>();

    /** The lookup of a host. */
    @FunctionalInterface
    public interface Lookup {

        /** Returns the addresses of a host. */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /**
     * Creates a resolver.
     *
     * @param lookup the lookup, such as {@link InetAddress#getAllByName}
     * @param threads runs the lookups
     */
    public HostResolver(Lookup lookup, Executor threads) {
        this.lookup = lookup;
        this.threads = threads;
    }

    /**
     * Returns the addresses of a host, in the order in which to try them.
     *
     * @throws IOException if the host is unknown, or the attempt is cancelled during the lookup
     */
    InetAddress[] resolve(String host, Cancellation cancellation) throws IOException {
        if (LITERAL.matcher(host).matches()) {
            return lookup.lookUp(host);
        }
        // a copy, since other attempts may wait for the same lookup
        CompletableFuture<InetAddress[]> mine = lookUp(host).copy();
        cancellation.closeOnCancel(() -> mine.cancel(false));
        try {
            return mine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IOException("its host could not be looked up", e.getCause());
        } catch (CancellationException e) {
            cancellation.check();
            throw new IOException("the lookup was cancelled", e);
        } finally {
            cancellation.clear();
        }
    }

    private synchronized CompletableFuture<InetAddress[]> lookUp(String host) {
        CompletableFuture<InetAddress[]> current = running.get(host);
        if (current != null) {
            return current;
        }
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        running.put(host, found);
        try {
            threads.execute(() -> lookUp(host, found));
        } catch (Throwable e) { // for example an OutOfMemoryError if there are no more threads
            running.remove(host);
            found.completeExceptionally(e);
        }
        return found;
    }

    private void lookUp(String host, CompletableFuture<InetAddress[]> found) {
        try {
            InetAddress[] addresses = lookup.lookUp(host);
            end(host);
            found.complete(addresses);
        } catch (Throwable e) { // the waiting attempts must be notified
            end(host);
            found.completeExceptionally(e);
        }
    }

    private synchronized void end(String host) {
        running.remove(host);
    }
}
