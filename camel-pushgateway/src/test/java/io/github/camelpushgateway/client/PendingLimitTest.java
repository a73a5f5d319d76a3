package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of pending requests is limited, and each request is counted until it ends in any way. */
class PendingLimitTest {

    private static final int MAX = 3;

    private final PendingLimit limit = new PendingLimit(MAX);

    private CompletionStage<String> begin(Supplier<CompletionStage<String>> request) {
        return limit.begin(
                request, reason -> PushgatewayException.of("groups", reason, new RejectedExecutionException()));
    }

    private void assertThatNoneIsPending() {
        List<CompletableFuture<String>> requests = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            CompletableFuture<String> request = new CompletableFuture<>();
            requests.add(request);
            assertThat(begin(() -> request)).isNotCompleted();
        }
        assertThat(begin(() -> CompletableFuture.completedFuture("one too many")))
                .isCompletedExceptionally();
        requests.forEach(request -> request.complete("done"));
    }

    @Test
    void requestAboveTheMaximumIsNotStartedAndFailsImmediately() {
        CompletableFuture<String> pending = new CompletableFuture<>();
        for (int i = 0; i < MAX; i++) {
            begin(() -> pending);
        }
        AtomicInteger started = new AtomicInteger();

        CompletionStage<String> rejected = begin(() -> {
            started.incrementAndGet();
            return pending;
        });

        assertThat(started).hasValue(0);
        assertThat(rejected.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(PushgatewayException.class)
                .withMessage(
                        "groups was not sent, because 3 requests to the gateway are pending, the maximum of the option"
                                + " maxPending; the gateway is slow or down: check it, or send less at a time");
        pending.complete("done");
        assertThatNoneIsPending();
    }

    @Test
    void outcomeIsReportedAfterTheRequestIsNoLongerCounted() {
        List<CompletableFuture<String>> requests = new ArrayList<>();
        List<CompletionStage<String>> outcomes = new ArrayList<>();
        for (int i = 0; i < MAX; i++) {
            CompletableFuture<String> request = new CompletableFuture<>();
            requests.add(request);
            outcomes.add(begin(() -> request));
        }
        CompletionStage<CompletionStage<String>> next =
                outcomes.get(0).thenApply(done -> begin(() -> CompletableFuture.completedFuture("next")));
        IllegalStateException failure = new IllegalStateException("broken");

        requests.get(0).complete("first");
        requests.get(1).completeExceptionally(failure);
        requests.get(2).cancel(false);

        assertThat(outcomes.get(0)).isCompletedWithValue("first");
        assertThat(next.toCompletableFuture().join()).isCompletedWithValue("next");
        // not wrapped in another exception
        assertThat(outcomes.get(1).handle((value, thrown) -> thrown)).isCompletedWithValue(failure);
        assertThat(outcomes.get(2)).isCompletedExceptionally();
        assertThatNoneIsPending();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void throwingRequestIsNoLongerCounted(Class<? extends Throwable> type) {
        for (int i = 0; i < 2 * MAX; i++) {
            assertThatThrownBy(() -> begin(() -> {
                        if (type == OutOfMemoryError.class) {
                            throw new OutOfMemoryError("thrown");
                        }
                        throw new IllegalStateException("thrown");
                    }))
                    .isInstanceOf(type)
                    .hasMessage("thrown");
        }
        assertThatNoneIsPending();
    }

    @Test
    void limitHoldsForManyThreads() throws Exception {
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        AtomicInteger rejected = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        ExecutorService gateway = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 20_000; i++) {
                int number = i;
                callers.execute(() -> begin(() -> {
                            highest.accumulateAndGet(pending.incrementAndGet(), Math::max);
                            return CompletableFuture.supplyAsync(() -> respond(number, pending), gateway);
                        })
                        .whenComplete((value, failure) -> (value == null ? rejected : done).incrementAndGet()));
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            gateway.shutdown();
            assertThat(gateway.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            callers.shutdownNow();
            gateway.shutdownNow();
        }

        assertThat(highest.get()).isBetween(1, MAX);
        assertThat(done.get() + rejected.get()).isEqualTo(20_000);
        assertThat(done.get()).isPositive();
        assertThatNoneIsPending();
    }

    private static String respond(int number, AtomicInteger pending) {
        pending.decrementAndGet();
        if (number % 2 == 0) {
            throw new IllegalStateException("every second one fails");
        }
        return "done";
    }
}
