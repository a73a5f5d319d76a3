package io.github.camelpushgateway;

import io.github.camelpushgateway.client.Compression;
import io.github.camelpushgateway.client.Distribution;
import io.github.camelpushgateway.client.Format;
import io.github.camelpushgateway.metrics.MetricType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts that are no value of their option. Camel takes a duration and a number that it does not understand for zero, and
 * does not say which words there are.
 */
final class OptionCheck {

    private static final Set<String> DURATIONS = Set.of("connecttimeout", "requesttimeout", "retrydelay", "staleafter");

    /** Milliseconds, Camel's own form, or that of ISO 8601. */
    private static final Pattern DURATION =
            Pattern.compile("[+-]?\\d+|(\\d+\\s*(ms|s|m|h|d)[a-z]*\\s*)+|[+-]?p[0-9a-z.+-]+", Pattern.CASE_INSENSITIVE);

    private static final Set<String> NUMBERS = Set.of("maxretries", "maxmessagesperpoll");

    private static final Map<String, Enum<?>[]> WORDS = Map.of(
            "operation", PushgatewayOperation.values(),
            "metrictype", MetricType.values(),
            "format", Format.values(),
            "compression", Compression.values(),
            "distribution", Distribution.values(),
            "onpushfailure", PushFailurePolicy.values());

    /** A number that stands for less than a second, most likely without meaning to: Camel takes it for milliseconds. */
    private static final Pattern BARE = Pattern.compile("\\d{1,3}");

    private OptionCheck() {}

    /**
     * Checks the options of an endpoint.
     *
     * @throws IllegalArgumentException with one sentence, if one of them cannot be meant
     */
    static void check(Map<String, Object> parameters) {
        parameters.forEach(OptionCheck::check);
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

    /**
     * Checks one option.
     *
     * @param option its name, in any spelling that Camel knows
     * @throws IllegalArgumentException with one sentence, if it cannot have this value
     */
    static void check(String option, @Nullable Object value) {
        if (!(value instanceof String text) || text.startsWith("#") || text.contains("{{")) {
            return;
        }
        String name = option.replace("-", "").toLowerCase(Locale.ROOT);
        if (DURATIONS.contains(name) && !DURATION.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException(
                    option + " is '" + text + "', which is no duration; write it as 500ms, 10s or 1m30s");
        }
        if (NUMBERS.contains(name) && !isNumber(text.strip())) {
            throw new IllegalArgumentException(option + " is '" + text + "', which is no number; write it as 3");
        }
        Enum<?>[] words = WORDS.get(name);
        if (words != null && Arrays.stream(words).noneMatch(word -> word.name().equalsIgnoreCase(text.strip()))) {
            throw new IllegalArgumentException(option + " is '" + text + "', which is none of "
                    + Arrays.stream(words)
                            .map(word -> word.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
