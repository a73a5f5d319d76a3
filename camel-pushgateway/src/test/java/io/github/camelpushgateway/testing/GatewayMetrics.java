package io.github.camelpushgateway.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The series that a gateway exposes for the job of one push, for comparisons: each with its labels except the job, its
 * value as a double, and the type and help text of its family.
 */
public final class GatewayMetrics {

    private static final List<String> OF_THE_GATEWAY = List.of("push_time_seconds", "push_failure_time_seconds");

    private GatewayMetrics() {}

    static Set<String> of(String job, String metrics) {
        Pattern ours = Pattern.compile("([{,])job=\"" + Pattern.quote(job) + "\",?");
        Set<String> series = new TreeSet<>();
        Map<String, String> help = new HashMap<>();
        String type = "";
        for (String line : metrics.split("\n", -1)) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE ")) {
                type = words[3] + ", " + help.getOrDefault(words[2], "no help");
            } else {
                Matcher matcher = ours.matcher(line);
                if (matcher.find() && OF_THE_GATEWAY.stream().noneMatch(line::startsWith)) {
                    series.add(series(matcher.replaceFirst("$1")) + " (" + type + ")");
                }
            }
        }
        return series;
    }

    /**
     * Returns whether two views differ only in the counts of histograms that were pushed without a count, which are 0
     * in the other view.
     */
    public static boolean differByLostCounts(Set<String> view, Set<String> other) {
        Set<String> kept = new TreeSet<>(other);
        kept.removeIf(series -> series.contains("_count{") && series.contains("} 0.0 (histogram, "));
        return view.size() == other.size() && view.containsAll(kept);
    }

    private static String series(String line) {
        int blank = line.lastIndexOf(' ');
        String value = line.substring(blank + 1).replace("Inf", "Infinity");
        return line.substring(0, blank) + ' ' + Double.parseDouble(value);
    }
}
