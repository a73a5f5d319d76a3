package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Main class of the JVM of one contestant. Each line of the standard input names a measurement. The result is a line
 * of the standard output. The JVM ends with its input.
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
            case "sequence" -> Callers.sequence(one("bench"), nanos);
            case "callers" -> Callers.concurrent(oneGroup(size), nanos);
            case "outstanding" -> outstanding(oneGroup(size), nanos);
            case "groups" -> Callers.concurrent(groups(size), nanos);
            case "series" -> Callers.sequence(push("series" + size, () -> contestant.series("series", size)), nanos);
            case "gauges" -> Callers.sequence(push("gauges" + size, () -> contestant.gauges("gauges", size)), nanos);
            default -> throw new IllegalArgumentException("there is no turn '" + words[0] + "'");
        };
    }

    /** Measures outstanding pushes. A contestant without asynchronous pushes uses one thread for each push. */
    private static String outstanding(List<Push> pushes, long nanos) throws Exception {
        List<AsyncPush> async = pushes.stream()
                .filter(AsyncPush.class::isInstance)
                .map(AsyncPush.class::cast)
                .toList();
        return async.size() == pushes.size() ? Callers.outstanding(async, nanos) : Callers.concurrent(pushes, nanos);
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

    private interface Preparation {
        Push prepare() throws Exception;
    }

    private Push push(String name, Preparation preparation) throws Exception {
        Push known = pushes.get(name);
        if (known == null) {
            known = preparation.prepare();
            pushes.put(name, known);
        }
        return known;
    }
}
