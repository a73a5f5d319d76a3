package io.github.camelpushgateway.api;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The age from which a group is stale. It is the same for all groups, or a multiple of the interval in the group, which is the time
 * from one run of its job to the next.
 */
public sealed interface StaleAfter {

    /** Returns whether a group is stale. */
    boolean isReachedBy(GatewayGroup group);

    /** Returns the part of a group that {@link #isReachedBy} needs, with as few metrics as possible. */
    GatewayGroup relevantPart(GatewayGroup group);

    /**
     * An age that is the same for all groups.
     *
     * @param duration the minimum time since the last push
     */
    record Age(Duration duration) implements StaleAfter {

        /**
         * Validates the age.
         *
         * @throws IllegalArgumentException if the duration is not positive
         */
        public Age {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("staleAfter is " + duration.toMillis()
                        + " ms; specify the minimum age of a group, such as 24h, or remove staleAfter to"
                        + " select groups of any age");
            }
        }

        @Override
        public boolean isReachedBy(GatewayGroup group) {
            return group.age() >= duration.toMillis() / 1e3;
        }

        @Override
        public GatewayGroup relevantPart(GatewayGroup group) {
            return group.withoutMetrics();
        }

        @Override
        public String toString() {
            return duration.toString();
        }
    }

    /**
     * A number of intervals. A group is never stale if it does not hold exactly one interval that is a positive number.
     *
     * @param count the number of intervals, at least 1
     * @param metric the name of the gauge that holds the interval of a group in seconds
     */
    record Intervals(double count, String metric) implements StaleAfter {

        /** The gauge that reports with the default prefix contain. */
        public static final String DEFAULT_METRIC = "job_interval_seconds";

        /**
         * Validates the number.
         *
         * @throws IllegalArgumentException if a group would be stale before the next push is due
         */
        public Intervals {
            if (!(count >= 1)) {
                throw new IllegalArgumentException("staleAfter is " + text(count)
                        + ", so a group would be stale before its next push is due; write at least 1x, such as 2x");
            }
        }

        /** Returns the same number of the intervals that another gauge holds. */
        public Intervals of(String otherMetric) {
            return new Intervals(count, otherMetric);
        }

        @Override
        public boolean isReachedBy(GatewayGroup group) {
            double interval = group.metrics().stream()
                    .filter(this::isInterval)
                    .findFirst()
                    .map(gauge -> gauge.samples().get(0).value())
                    .orElse(Double.NaN);
            // a comparison with NaN is false
            return interval > 0 && group.age() >= count * interval;
        }

        @Override
        public GatewayGroup relevantPart(GatewayGroup group) {
            return group.withMetrics(
                    group.metrics().stream().filter(this::isInterval).toList());
        }

        private boolean isInterval(GroupMetric candidate) {
            return candidate.name().equals(metric)
                    && (candidate.type().equals("gauge") || candidate.type().equals("untyped"))
                    && candidate.samples().size() == 1;
        }

        @Override
        public String toString() {
            return text(count) + ' ' + metric;
        }

        private static String text(double count) {
            return Double.isFinite(count)
                    ? BigDecimal.valueOf(count).stripTrailingZeros().toPlainString() + 'x'
                    : count + "x";
        }
    }
}
