package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.Locale;

/**
 * Aim of the component beside another client.
 *
 * @param measure the quantity
 * @param other the other client
 * @param ratio the largest ratio, or the smallest if larger figures are better
 */
record Aim(Measure measure, Client other, double ratio) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s ×", measure.higherIsBetter() ? "≥" : "≤", number());
    }

    private String number() {
        return ratio == Math.rint(ratio) ? String.valueOf((long) ratio) : String.valueOf(ratio);
    }
}
