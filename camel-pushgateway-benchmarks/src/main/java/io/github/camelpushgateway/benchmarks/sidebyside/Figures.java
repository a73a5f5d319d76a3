package io.github.camelpushgateway.benchmarks.sidebyside;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Figures of the pushes of one turn. The turn begins when the figures are created. A thread that ends before the turn
 * reports what it has allocated.
 */
final class Figures {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final List<long[]> times = new CopyOnWriteArrayList<>();
    private final LongAdder ofEndedThreads = new LongAdder();
    private final long allocated = allocated();
    private final long processor = SYSTEM.getProcessCpuTime();
    private final long begin = System.nanoTime();

    /** Adds the times of the pushes of a thread that ends now. */
    void end(long[] nanos, int count) {
        times.add(Arrays.copyOf(nanos, count));
        ofEndedThreads.add(
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
    }

    /** Adds the times of the pushes of a thread that remains. */
    void add(long[] nanos, int count) {
        times.add(Arrays.copyOf(nanos, count));
    }

    /** Returns the bytes that all live threads have allocated. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** Ends the turn, and returns its figures as text. */
    String ofPushes(long pushes) {
        double nanos = System.nanoTime() - begin;
        double cpu = SYSTEM.getProcessCpuTime() - processor;
        double bytes = allocated() - allocated + ofEndedThreads.sum();
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.put(Measure.THROUGHPUT, pushes * 1e9 / nanos);
        figures.put(Measure.PROCESSOR, cpu / pushes);
        figures.put(Measure.ALLOCATED, bytes / pushes);
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (sorted.length > 0) {
            figures.put(Measure.MEDIAN, (double) sorted[sorted.length / 2]);
            figures.put(Measure.P99, (double) sorted[(int) (sorted.length * 0.99)]);
        }
        StringJoiner text = new StringJoiner(" ");
        figures.forEach((measure, figure) -> text.add(measure + "=" + figure));
        return text.toString();
    }

    /** Reads the text of {@link #ofPushes}. */
    static Map<Measure, Double> parse(String text) {
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        for (String figure : text.split(" ", -1)) {
            int equals = figure.indexOf('=');
            figures.put(Measure.valueOf(figure.substring(0, equals)), Double.parseDouble(figure.substring(equals + 1)));
        }
        return figures;
    }
}
