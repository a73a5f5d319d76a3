package io.github.camelpushgateway.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LingerTest {

    private final List<Long> delays = new ArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** Records the delays, and does not wait. */
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(unit.toMicros(delay));
            return super.schedule(task, 0, unit);
        }
    };

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void delayIsATenthOfTheDuration() {
        run(TimeUnit.MILLISECONDS.toNanos(100));

        assertThat(delays).containsExactly(10_000L);
    }

    @Test
    void delayIsLimited() {
        run(TimeUnit.SECONDS.toNanos(100));
        run(TimeUnit.MICROSECONDS.toNanos(1));

        assertThat(delays).containsExactly(20_000L, 500L);
    }

    @Test
    void withoutTimerThereIsNoDelay() {
        ScheduledThreadPoolExecutor ended = new ScheduledThreadPoolExecutor(1);
        ended.shutdownNow();

        new Linger(ended).run(TimeUnit.SECONDS.toNanos(1), runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    private void run(long took) {
        new Linger(timer).run(took, runs::incrementAndGet);
    }
}
