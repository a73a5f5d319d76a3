package io.github.camelpushgateway;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Refuses durations that Camel would take for none at all: it reads a text that it does not understand as zero. */
final class Durations {

    private static final List<String> OPTIONS = List.of("connectTimeout", "requestTimeout", "retryDelay", "staleAfter");

    /** Milliseconds, Camel's own form, or that of ISO 8601. */
    private static final Pattern DURATION =
            Pattern.compile("[+-]?\\d+|(\\d+\\s*(ms|s|m|h|d)[a-z]*\\s*)+|[+-]?p[0-9a-z.+-]+", Pattern.CASE_INSENSITIVE);

    /** A number that stands for less than a second, most likely without meaning to: Camel takes it for milliseconds. */
    private static final Pattern BARE = Pattern.compile("\\d{1,3}");

    private Durations() {}

    static void check(Map<String, Object> parameters) {
        for (String option : OPTIONS) {
            if (parameters.get(option) instanceof String text
                    && !text.startsWith("#")
                    && !DURATION.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException(
                        option + " is '" + text + "', which is no duration; write it as 500ms, 10s or 1m30s");
            }
        }
        if (parameters.get("staleAfter") instanceof String text
                && BARE.matcher(text.strip()).matches()
                && PushgatewayOperation.SWEEP
                        .toString()
                        .equalsIgnoreCase(String.valueOf(parameters.get("operation")))) {
            throw new IllegalArgumentException(
                    "staleAfter is " + text.strip()
                            + ", which is in milliseconds and would sweep nearly everything; write a unit, such as 24h, or 100ms");
        }
    }
}
