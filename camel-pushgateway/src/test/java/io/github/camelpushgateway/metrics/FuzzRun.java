package io.github.camelpushgateway.metrics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries body after body: in the build for two seconds, always the same ones, so that no build fails by chance; with
 * {@code -Dfuzz.minutes=10} others, for longer. What fails tells its seed, and {@code -Dfuzz.seed=...} begins with that one.
 */
public final class FuzzRun {

    private static final Duration IN_THE_BUILD = Duration.ofSeconds(2);
    private final Mutations mutations;
    private final Duration duration;
    private final long firstSeed;

    private FuzzRun(Mutations mutations, Duration duration, long firstSeed) {
        this.mutations = mutations;
        this.duration = duration;
        this.firstSeed = firstSeed;
    }

    /** Returns a run as the system properties ask for it. */
    public static FuzzRun of(Mutations mutations) {
        Integer minutes = Integer.getInteger("fuzz.minutes");
        return new FuzzRun(
                mutations,
                minutes == null ? IN_THE_BUILD : Duration.ofMinutes(minutes),
                Long.getLong("fuzz.seed", minutes == null ? 1 : System.nanoTime()));
    }

    /** Looks at one body, in any way; an exception says that something is wrong. */
    public interface Trial {
        void examine(byte[] body) throws Exception;
    }

    /**
     * Tries bodies until the time is over, and returns how many.
     *
     * @param longest how long one body may take
     */
    public long run(Duration longest, Trial trial) throws InterruptedException {
        System.out.println("Fuzzing for " + duration.toSeconds() + " s from seed " + firstSeed + " on");
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            long begin = System.nanoTime();
            long seed = firstSeed;
            while (System.nanoTime() - begin < duration.toNanos()) {
                byte[] body = mutations.body(seed);
                end(longest, seed, body, executor.submit(() -> {
                    trial.examine(body);
                    return true;
                }));
                seed++;
            }
            System.out.println("Fuzzed with " + (seed - firstSeed) + " bodies");
            return seed - firstSeed;
        } finally {
            executor.shutdownNow();
        }
    }

    private static void end(Duration longest, long seed, byte[] body, Future<Boolean> trial)
            throws InterruptedException {
        String what = "the body of -Dfuzz.seed=" + seed + ", of " + body.length + " bytes, ";
        try {
            trial.get(longest.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(what + "took longer than " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new AssertionError(what + "failed: " + e.getCause(), e.getCause());
        }
    }
}
