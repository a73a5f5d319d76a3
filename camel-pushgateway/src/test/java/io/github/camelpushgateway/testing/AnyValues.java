package io.github.camelpushgateway.testing;

import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A generator of numbers in metrics, often unusual ones.
 *
 * @param random the source of randomness
 */
record AnyValues(Random random) {

    private static final double[] UNUSUAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.1,
        1e21,
        1e-7,
        123_456_789.123,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        9_007_199_254_740_991.0
    };

    /** Returns any double, of any bits. */
    double number() {
        return random.nextBoolean()
                ? UNUSUAL[random.nextInt(UNUSUAL.length)]
                : Double.longBitsToDouble(random.nextLong());
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns a count, which is sometimes too large to be exact as a double. */
    long count() {
        return random.nextInt(4) == 0 ? random.nextLong() >>> 4 : random.nextInt(1_000);
    }

    @Nullable
    Exemplar exemplar() {
        return coin()
                ? null
                : Exemplar.builder()
                        .value(number())
                        .labels(Labels.of("trace_id", Integer.toHexString(random.nextInt()), "é", "\uD83D\uDE00"))
                        .timestampMillis(1_700_000_000_000L + below(1_000_000))
                        .build();
    }
}
