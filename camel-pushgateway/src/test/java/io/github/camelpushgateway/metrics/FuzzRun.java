package io.github.camelpushgateway.metrics;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A run of fuzz tests. In the build, it takes two seconds and always tries the same bodies, so that no build fails by
 * chance. With {@code -Dfuzz.minutes=10}, it tries other bodies for longer. The message of a failure contains the seed,
 * and {@code -Dfuzz.seed=...} starts with a seed.
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

    /** Returns a run that is configured by the system properties. */
    public static FuzzRun of(Mutations mutations) {
        Integer minutes = Integer.getInteger("fuzz.minutes");
        return new FuzzRun(
                mutations,
                minutes == null ? IN_THE_BUILD : Duration.ofMinutes(minutes),
                Long.getLong("fuzz.seed", minutes == null ? 1 : System.nanoTime()));
    }

    /** A test of one body, which throws an exception if it fails. */
    public interface Trial {
        void examine(byte[] body) throws Exception;
    }

    /**
     * Tries bodies until the time is over, and returns their number.
     *
     * @param longest the maximum time for one body
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
