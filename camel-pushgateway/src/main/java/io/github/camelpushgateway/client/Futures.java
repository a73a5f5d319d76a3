package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Methods that wait for a completion stage, or continue after it. They pass on its exception unchanged. The methods of
 * {@link CompletableFuture} wrap it in a {@code CompletionException}.
 */
public final class Futures {

    private Futures() {}

    /**
     * Blocks the calling thread until a stage completes.
     *
     * @return the result of the stage
     * @throws PushgatewayException if the stage completes with this exception
     * @throws InterruptedException if the thread is interrupted while it waits; the stage is not cancelled
     * @throws IllegalStateException if the stage completes with any other exception, which is the cause
     */
    public static <T> T await(CompletionStage<T> stage) throws PushgatewayException, InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PushgatewayException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Runs an action when a stage completes.
     *
     * @return a stage that completes with the same result or exception, after the action
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    public static <T> CompletionStage<T> after(
            CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> action) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            try {
                action.accept(result, failure);
            } finally {
                complete(outcome, result, failure);
            }
        });
        return outcome;
    }

    /**
     * Starts a second stage with the result of the first one.
     *
     * @return a stage that completes with the result or exception of the second stage, or with the exception of the first
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    static <T, R> CompletionStage<R> compose(CompletionStage<T> stage, Function<T, CompletionStage<R>> next) {
        CompletableFuture<R> outcome = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(failure);
                return;
            }
            try {
                next.apply(result).whenComplete((value, error) -> complete(outcome, value, error));
            } catch (Throwable e) { // the outcome must always complete
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    /**
     * Returns a stage that completes when all stages of a list have completed. It completes with their results, in the
     * order of the list. If some stages fail, it completes with the exception of the first of them in the list.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> stages) {
        CompletableFuture<List<T>> outcome = new CompletableFuture<>();
        CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).whenComplete((ignored, anyFailure) -> {
            List<T> results = new ArrayList<>();
            for (CompletableFuture<T> completed : stages) {
                completed.whenComplete((result, failure) -> {
                    if (failure != null) {
                        outcome.completeExceptionally(failure);
                    } else {
                        results.add(result);
                    }
                });
            }
            // has no effect after a failure
            outcome.complete(results);
        });
        return outcome;
    }

    private static <T> void complete(CompletableFuture<T> outcome, @Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(result);
        } else {
            outcome.completeExceptionally(failure);
        }
    }
}
