package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Main class of the JVM of a contestant. It reads commands from the standard input, one per line, runs each as a turn,
 * and writes its figures to the standard output. The JVM ends at the end of its input.
 */
final class ContestantMain {

    static final String RESULT = "result ";

    private final Contestant contestant;
    private final Map<String, Push> pushes = new HashMap<>();

    private ContestantMain(Contestant contestant) {
        this.contestant = contestant;
    }

    /**
     * Runs the measurements.
     *
     * @param args the {@link Client}, and the URL of the gateway
     */
    public static void main(String[] args) throws Exception {
        Client client = Client.valueOf(args[0]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (Contestant contestant = client.start(URI.create(args[1]))) {
            ContestantMain turns = new ContestantMain(contestant);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(RESULT + turns.turn(line.split(" ", -1)));
            }
        }
        System.exit(0);
    }

    private String turn(String[] words) throws Exception {
        int size = Integer.parseInt(words[1]);
        long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[2]));
        return switch (words[0]) {
            case "sequence" -> String.valueOf(Callers.latency(one("bench"), nanos));
            case "callers" -> String.valueOf(Callers.throughput(oneGroup(size), nanos));
            case "outstanding" -> String.valueOf(outstanding(oneGroup(size), nanos));
            case "groups" -> String.valueOf(Callers.throughput(groups(size), nanos));
            case "series" -> large(push("series" + size, () -> contestant.series("series", size)), nanos);
            case "gauges" -> large(push("gauges" + size, () -> contestant.gauges("gauges", size)), nanos);
            default -> throw new IllegalArgumentException("unknown command '" + words[0] + "'");
        };
    }

    /** Measures outstanding pushes. A contestant without asynchronous pushes uses one thread for each push. */
    private static double outstanding(List<Push> pushes, long nanos) throws Exception {
        List<AsyncPush> async = pushes.stream()
                .filter(AsyncPush.class::isInstance)
                .map(AsyncPush.class::cast)
                .toList();
        return async.size() == pushes.size() ? Callers.outstanding(async, nanos) : Callers.throughput(pushes, nanos);
    }

    private Push one(String job) throws Exception {
        return push(job, () -> contestant.one(job));
    }

    private List<Push> oneGroup(int callers) throws Exception {
        List<Push> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(one("bench"));
        }
        return all;
    }

    private List<Push> groups(int callers) throws Exception {
        List<Push> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(one("bench" + i));
        }
        return all;
    }

    /** Returns the median time in nanoseconds, and the number of bytes that one push allocates on all threads. */
    private static String large(Push push, long durationNanos) throws Exception {
        long end = System.nanoTime() + durationNanos;
        List<Long> times = new ArrayList<>();
        long allocated = allocated();
        do {
            long begin = System.nanoTime();
            push.run(times.size());
            times.add(System.nanoTime() - begin);
        } while (System.nanoTime() < end);
        double bytes = (double) (allocated() - allocated) / times.size();
        return times.stream().sorted().toList().get(times.size() / 2) + " " + bytes;
    }

    /**
     * Returns the bytes allocated by all live threads. No thread that takes part in a push ends during a measurement.
     */
    private static long allocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private interface Preparation {
        Push prepare() throws Exception;
    }

    private Push push(String name, Preparation preparation) throws Exception {
        Push push = pushes.get(name);
        if (push == null) {
            push = preparation.prepare();
            pushes.put(name, push);
        }
        return push;
    }
}
