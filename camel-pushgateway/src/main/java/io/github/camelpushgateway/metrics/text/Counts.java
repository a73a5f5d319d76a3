package io.github.camelpushgateway.metrics.text;

/** Reads the parts that histograms and summaries have in common, as the model can keep them. */
final class Counts {

    private static final double TOO_MANY = 0x1p63;

    private Counts() {}

    static long whole(TextSample sample, String what) {
        double value = sample.value();
        if (!(value >= 0 && value < TOO_MANY) || value != Math.rint(value)) {
            throw sample.fault(what + " is no whole number from 0 to 2^63; it counts observations");
        }
        return (long) value;
    }

    /** The model takes a NaN for no sum, and a gateway would show a 0. */
    static double sum(TextSample sample, String of) {
        if (Double.isNaN(sample.value())) {
            throw sample.fault("the sum of " + of + " is NaN, which cannot be kept; leave it out");
        }
        return sample.value();
    }
}
