package io.github.camelpushgateway.client.accumulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> started = new ArrayList<>();

    private Turns.Turn turn(String name) {
        return () -> started.add(name);
    }

    @Test
    void turnsStartInTheOrderOfArrival() {
        assertThat(turns.take(turn("a"))).isTrue();
        assertThat(turns.take(turn("b"))).isFalse();
        assertThat(turns.take(turn("c"))).isFalse();
        assertThat(started).isEmpty();

        turns.end();
        assertThat(started).containsExactly("b");
        turns.end();
        assertThat(started).containsExactly("b", "c");
        turns.end();

        assertThat(turns.take(turn("d"))).isTrue();
    }

    @Test
    void withdrawnTurnIsNotStarted() {
        Turns.Turn withdrawn = turn("b");
        turns.take(turn("a"));
        turns.take(withdrawn);
        turns.take(turn("c"));

        assertThat(turns.withdraw(withdrawn)).isTrue();
        assertThat(turns.withdraw(withdrawn)).isFalse();
        turns.end();

        assertThat(started).containsExactly("c");
    }

    /** Turns that end as soon as they start, and take another one, need no stack. */
    @Test
    void turnsThatEndImmediatelyAreStartedInALoop() {
        AtomicInteger left = new AtomicInteger(100_000);
        Turns.Turn endless = new Turns.Turn() {
            @Override
            public void start() {
                if (left.decrementAndGet() > 0) {
                    assertThat(turns.take(this)).isFalse();
                }
                turns.end();
            }
        };
        turns.take(turn("first"));
        turns.take(endless);
        for (int i = 0; i < 100_000; i++) {
            turns.take(turns::end);
        }

        turns.end();

        assertThat(left).hasValue(0);
        assertThat(turns.take(turn("last"))).isTrue();
    }

    /** Turns that end on other threads overlap neither each other nor get lost. */
    @Test
    void turnsOfManyThreadsExcludeEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int count = 20_000;
            CountDownLatch done = new CountDownLatch(count);
            AtomicInteger active = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            class Counted implements Turns.Turn {

                private final boolean ends;

                Counted(int number) {
                    ends = number % 3 == 0;
                }

                @Override
                public void start() {
                    if (active.incrementAndGet() > 1) {
                        overlaps.incrementAndGet();
                    }
                    if (ends) {
                        end();
                    } else {
                        threads.execute(this::end);
                    }
                }

                private void end() {
                    active.decrementAndGet();
                    done.countDown();
                    turns.end();
                }
            }
            List<CompletableFuture<Void>> takers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                takers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < count / 4; i++) {
                                Counted turn = new Counted(i);
                                if (turns.take(turn)) {
                                    turn.start();
                                }
                            }
                        },
                        threads));
            }

            CompletableFuture.allOf(takers.toArray(CompletableFuture[]::new))
                    .get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(overlaps).hasValue(0);
        } finally {
            threads.shutdown();
        }
    }
}
