package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.Locale;

/** Quantity of a push that a turn measures. */
enum Measure {
    /** Median time of a push in nanoseconds. */
    MEDIAN("", false),
    /** 99th percentile of the time of a push in nanoseconds. */
    P99("99th percentile", false),
    /** Processor time of a push in nanoseconds, on all threads of the JVM, with compilation and garbage collection. */
    PROCESSOR("processor time", false),
    /** Bytes that a push allocates on all threads of the JVM. */
    ALLOCATED("allocated", false),
    /** Pushes in a second. */
    THROUGHPUT("", true);

    private final String title;
    private final boolean higherIsBetter;

    Measure(String title, boolean higherIsBetter) {
        this.title = title;
        this.higherIsBetter = higherIsBetter;
    }

    /** Returns the title of the row of a case. */
    String of(String titleOfCase) {
        return title.isEmpty() ? titleOfCase : titleOfCase + ", " + title;
    }

    /** Returns whether larger figures are better. */
    boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** Returns a figure with its unit. */
    String format(double figure) {
        return switch (this) {
            case MEDIAN, P99, PROCESSOR -> figure < 1e7 ? format(figure / 1e3, "µs") : format(figure / 1e6, "ms");
            case ALLOCATED -> format(figure / 1e3, "kB");
            case THROUGHPUT -> format(figure, "pushes/s");
        };
    }

    private static String format(double scaled, String unit) {
        return String.format(Locale.ROOT, scaled < 100 ? "%.1f %s" : "%,.0f %s", scaled, unit);
    }
}
