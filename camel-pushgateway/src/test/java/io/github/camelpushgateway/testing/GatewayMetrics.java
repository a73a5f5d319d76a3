package io.github.camelpushgateway.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a gateway shows of the job of one push, for comparisons: each series with its labels less the job, its value as a
 * double, and its family's type and help text.
 */
public final class GatewayMetrics {

    private static final List<String> ITS_OWN = List.of("push_time_seconds", "push_failure_time_seconds");

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
                Matcher job1 = ours.matcher(line);
                if (job1.find() && ITS_OWN.stream().noneMatch(line::startsWith)) {
                    series.add(series(job1.replaceFirst("$1")) + " (" + type + ")");
                }
            }
        }
        return series;
    }

    /** Tells whether one view is like another but for counts of histograms that were pushed without one, and are 0 there. */
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
