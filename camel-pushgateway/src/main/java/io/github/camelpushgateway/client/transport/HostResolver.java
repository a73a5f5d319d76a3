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
 * Finds the addresses of hosts. A lookup cannot be ended from outside, so it has a thread of its own, at most one for each host. It ends when the
 * operating system gives up.
 */
public final class HostResolver {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /** An address, for which the JDK asks no name service. */
    private static final Pattern LITERAL = Pattern.compile(OCTET + "(\\." + OCTET + "){3}|.*:.*");

    private final Lookup lookup;
    private final Executor threads;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new HashMap<>();

    /** Looks a host up. */
    @FunctionalInterface
    public interface Lookup {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /**
     * Makes a resolver.
     *
     * @param lookup what it asks, such as {@link InetAddress#getAllByName}
     * @param threads run the lookups
     */
    public HostResolver(Lookup lookup, Executor threads) {
        this.lookup = lookup;
        this.threads = threads;
    }

    /**
     * Returns the addresses of a host, in the order in which they are to be tried.
     *
     * @throws IOException if the host is not known, or the attempt is cancelled meanwhile
     */
    InetAddress[] resolve(String host, Cancellation cancellation) throws IOException {
        if (LITERAL.matcher(host).matches()) {
            return lookup.lookUp(host);
        }
        // a copy: the lookup may go on for others
        CompletableFuture<InetAddress[]> mine = lookUp(host).copy();
        cancellation.waitFor(() -> mine.cancel(false));
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
            cancellation.end();
        }
    }

    private synchronized CompletableFuture<InetAddress[]> lookUp(String host) {
        CompletableFuture<InetAddress[]> begun = running.get(host);
        if (begun != null) {
            return begun;
        }
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        running.put(host, found);
        try {
            threads.execute(() -> lookUp(host, found));
        } catch (Throwable e) { // there may be no more threads
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
        } catch (Throwable e) { // whoever waits must be told
            end(host);
            found.completeExceptionally(e);
        }
    }

    private synchronized void end(String host) {
        running.remove(host);
    }
}
