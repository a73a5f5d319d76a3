package io.github.camelpushgateway.testing;

import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of {@code next} by a handler, each on a separate thread. */
public final class NextCalls implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "handler");
        thread.setDaemon(true);
        return thread;
    });

    private final List<CompletableFuture<GatewayResponse>> calls = new CopyOnWriteArrayList<>();

    public CompletableFuture<GatewayResponse> call(Callable<GatewayResponse> next) {
        CompletableFuture<GatewayResponse> outcome = new CompletableFuture<>();
        begin(outcome, next);
        return outcome;
    }

    /** Starts a call without waiting for it. */
    public void begin(Callable<GatewayResponse> next) {
        begin(new CompletableFuture<>(), next);
    }

    private void begin(CompletableFuture<GatewayResponse> outcome, Callable<GatewayResponse> next) {
        calls.add(outcome);
        threads.execute(() -> {
            try {
                outcome.complete(next.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    public static GatewayResponse join(CompletableFuture<GatewayResponse> call) throws IOException {
        try {
            return call.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the other thread failed", e.getCause());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    public boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Waits until a call has ended, and returns its failure, or null if it succeeded. */
    @Nullable
    public Throwable failure(int call) {
        CompletableFuture<GatewayResponse> outcome = calls.get(call);
        await("a call of next")
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(outcome::isDone);
        return outcome.handle((response, failure) -> failure).join();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
