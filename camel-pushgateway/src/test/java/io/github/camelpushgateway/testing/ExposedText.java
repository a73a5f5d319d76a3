package io.github.camelpushgateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A reader of the text format as a gateway exposes it. It shares no code with the encoder. */
public final class ExposedText {

    private final Map<String, ExposedFamily> families = new TreeMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private String current = "";

    private ExposedText() {}

    /** Returns the families by name, with only the series of the job, without the metrics that a gateway adds. */
    public static Map<String, ExposedFamily> read(String text, String job) {
        ExposedText reader = new ExposedText();
        for (String line : text.split("\n", -1)) {
            reader.line(line, job);
        }
        reader.families.values().removeIf(family -> family.series().isEmpty());
        reader.families.remove("push_time_seconds");
        reader.families.remove("push_failure_time_seconds");
        return reader.families;
    }

    private void line(String line, String job) {
        String[] words = line.split(" ", 4);
        if (line.startsWith("# HELP ")) {
            helps.put(words[2], unescaped(words[3]));
        } else if (line.startsWith("# TYPE ")) {
            current = words[2];
            ExposedFamily family = new ExposedFamily(words[3], helps.getOrDefault(current, ""));
            assertThat(families.put(current, family)).isNull();
        } else {
            series(line, job);
        }
    }

    private void series(String line, String job) {
        int end = line.lastIndexOf(' ');
        int brace = line.indexOf('{');
        if (brace < 0) {
            return; // a metric of the gateway itself, which has no job
        }
        Map<String, String> labels = labels(line.substring(brace + 1, end - 1));
        if (job.equals(labels.get("job"))) {
            Objects.requireNonNull(families.get(current), line)
                    .add(line.substring(0, brace), labels, number(line.substring(end + 1)));
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf("=\"", at);
            String name = text.substring(at, equals);
            int from = equals + 2;
            int to = from;
            while (text.charAt(to) != '"') {
                to += text.charAt(to) == '\\' ? 2 : 1;
            }
            assertThat(labels.put(name, unescaped(text.substring(from, to)))).isNull();
            at = to + 2;
        }
        return labels;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
