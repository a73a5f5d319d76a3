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
 * Continuations of stages, and waiting for them. The exceptions of a stage are passed on as they are, whereas the
 * methods of {@link CompletableFuture} wrap them in a {@code CompletionException}.
 */
public final class Futures {

    private Futures() {}

    /**
     * Waits for the outcome on the calling thread.
     *
     * @return the result of the stage
     * @throws PushgatewayException if the stage completes with this exception
     * @throws InterruptedException if the thread is interrupted while waiting; the request continues
     */
    public static <T> T await(CompletionStage<T> outcome) throws PushgatewayException, InterruptedException {
        try {
            return outcome.toCompletableFuture().get();
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
     * @return a stage that completes like the given one, after the action
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    static <T> CompletionStage<T> after(CompletionStage<T> stage, BiConsumer<? super T, ? super Throwable> action) {
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
     * Starts another stage when a stage has succeeded.
     *
     * @return a stage that completes like the other one, or fails like the given one
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

    /** Waits for all stages. The stage completes with their results, or with the first failure in their order. */
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
