package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.client.http.ClientClosedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancelled attempt stops waiting for a lookup. Lookups use one thread at a time per host. */
class HostResolverTest {

    private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

    private final CountDownLatch returns = new CountDownLatch(1);
    private final AtomicInteger threads = new AtomicInteger();

    @AfterEach
    void end() {
        returns.countDown();
    }

    private HostResolver resolver(HostResolver.Lookup lookup) {
        return new HostResolver(lookup, task -> start(task, "lookup-" + threads.incrementAndGet()));
    }

    private static Thread start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private InetAddress[] never() throws UnknownHostException {
        try {
            returns.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException("interrupted");
        }
        return new InetAddress[] {ADDRESS};
    }

    private record Waiting(Thread thread, Cancellation cancellation, CompletableFuture<InetAddress[]> outcome) {}

    private static Waiting resolve(HostResolver resolver, String host) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<InetAddress[]> outcome = new CompletableFuture<>();
        Thread thread = start(
                () -> {
                    try {
                        outcome.complete(resolver.resolve(host, cancellation));
                    } catch (IOException e) {
                        outcome.completeExceptionally(e);
                    }
                },
                "attempt");
        return new Waiting(thread, cancellation, outcome);
    }

    @Test
    void blockedLookupUsesOneThreadAndDoesNotBlockCancelledAttempts() {
        HostResolver resolver = resolver(host -> never());
        List<Waiting> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(resolve(resolver, "silent.test"));
        }
        await().until(() ->
                attempts.stream().allMatch(attempt -> attempt.thread().getState() == Thread.State.WAITING));

        for (Waiting attempt : attempts.subList(0, 19)) {
            attempt.cancellation().cancel(new SocketTimeoutException("too late"));
            assertThat(attempt.outcome())
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(SocketTimeoutException.class)
                    .withMessage("too late");
        }
        Waiting late = resolve(resolver, "silent.test");
        await().until(() -> late.thread().getState() == Thread.State.WAITING);
        assertThat(threads).hasValue(1);

        returns.countDown();

        assertThat(attempts.get(19).outcome()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(late.outcome()).succeedsWithin(10, TimeUnit.SECONDS);
        // the next attempt starts another lookup, because an address may have changed
        await().untilAsserted(() -> {
            assertThat(resolve(resolver, "silent.test").outcome()).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(threads.get()).isGreaterThan(1);
        });
    }

    @Test
    void cancelledAttemptDoesNotWait() {
        HostResolver resolver = resolver(host -> never());
        Cancellation cancellation = new Cancellation();
        cancellation.cancel(new ClientClosedException());

        assertThatThrownBy(() -> resolver.resolve("silent.test", cancellation))
                .isInstanceOf(ClientClosedException.class);
    }

    @Test
    void blockedLookupDoesNotDelayOtherHosts() {
        HostResolver resolver = resolver(host -> host.equals("silent.test") ? never() : new InetAddress[] {ADDRESS});
        Waiting silent = resolve(resolver, "silent.test");

        assertThat(resolve(resolver, "other.test").outcome()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(silent.outcome()).isNotDone();
    }

    @Test
    void failureOfLookupIsReportedEachTime() {
        HostResolver resolver = resolver(host -> {
            if (host.equals("unknown.test")) {
                throw new UnknownHostException(host);
            }
            throw new UnsupportedOperationException("no lookups here");
        });

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> resolver.resolve("unknown.test", new Cancellation()))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("unknown.test");
            assertThatThrownBy(() -> resolver.resolve("broken.test", new Cancellation()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not be looked up")
                    .hasRootCauseInstanceOf(UnsupportedOperationException.class);
        }
    }

    /** Simulates an operating system without further threads. */
    @Test
    void lookupWithoutThreadFailsAndTheNextOneSucceeds() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        HostResolver resolver = new HostResolver(host -> new InetAddress[] {ADDRESS}, task -> {
            if (lookups.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            start(task, "lookup");
        });

        assertThatThrownBy(() -> resolver.resolve("gateway.test", new Cancellation()))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("unable to create native thread");
        assertThat(resolver.resolve("gateway.test", new Cancellation())).containsExactly(ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "255.0.10.199, 255.0.10.199", "::1, 0:0:0:0:0:0:0:1"})
    void addressIsNotLookedUpOnAnotherThread(String literal, String address) throws Exception {
        HostResolver resolver = resolver(InetAddress::getAllByName);

        assertThat(resolver.resolve(literal, new Cancellation()))
                .extracting(InetAddress::getHostAddress)
                .containsExactly(address);
        assertThat(threads).hasValue(0);
    }

    /** The JDK uses the name service for these. */
    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4.5", "256.1.1.1", "1.2.3", "7", "1.2.3.4.", "gateway", "10.example.org"})
    void similarHostNameIsLookedUpOnAnotherThread(String host) {
        Waiting waiting = resolve(resolver(name -> never()), host);
        await().until(() -> threads.get() == 1);

        waiting.cancellation().cancel(new SocketTimeoutException("too late"));

        assertThat(waiting.outcome()).failsWithin(10, TimeUnit.SECONDS);
    }
}
