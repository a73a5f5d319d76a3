package io.github.camelpushgateway.options;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of durations that rejects unknown units. Camel's own parser ignores them: it reads {@code 2S} as 0 and
 * {@code 1mo} as one minute.
 */
public final class DurationText {

    /**
     * Units from days to milliseconds, each at most once. An upper-case M alone is not accepted because it could mean
     * a month.
     */
    private static final Pattern UNITS = Pattern.compile("(?:(\\d{1,12})\\s*(?:[dD]|days?)\\s*)?"
            + "(?:(\\d{1,12})\\s*(?:[hH]|hours?)\\s*)?"
            + "(?:(\\d{1,12})\\s*(?:m|min|mins|minutes?)\\s*)?"
            + "(?:(\\d{1,12})\\s*(?:[sS]|secs?|seconds?)\\s*)?"
            + "(?:(\\d{1,12})\\s*(?:ms|MS|millis|milliseconds?))?");

    private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");
    private static final Duration[] UNIT = {
        Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(1)
    };

    /** Maximum duration. A longer one in nanoseconds may not fit into a {@code long}. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private DurationText() {}

    /** Returns whether the text is a number without a unit, which is a number of milliseconds. */
    static boolean isPlainNumber(String text) {
        return MILLIS.matcher(text.strip()).matches();
    }

    /**
     * Parses a duration that is not negative.
     *
     * @param option the name of the option for the error message
     * @param text milliseconds, units such as {@code 1m30s} or {@code 2 hours}, or ISO 8601 such as {@code PT5S}
     * @throws IllegalArgumentException if the text is not such a duration
     */
    public static Duration parse(String option, String text) {
        String stripped = text.strip();
        Duration duration = null;
        try {
            Matcher units = UNITS.matcher(stripped);
            if (MILLIS.matcher(stripped).matches()) {
                duration = Duration.ofMillis(Long.parseLong(stripped));
            } else if (!stripped.isEmpty() && units.matches()) {
                duration = Duration.ZERO;
                for (int i = 0; i < UNIT.length; i++) {
                    if (units.group(i + 1) != null) {
                        duration = duration.plus(UNIT[i].multipliedBy(Long.parseLong(units.group(i + 1))));
                    }
                }
            } else if (stripped.toUpperCase(Locale.ROOT).startsWith("P")) {
                duration = Duration.parse(stripped);
            }
        } catch (DateTimeException | ArithmeticException e) {
            duration = null;
        }
        if (duration == null || duration.isNegative() || duration.compareTo(MAX) > 0 || !isWholeMillis(duration)) {
            throw new IllegalArgumentException(
                    option + " is '" + text
                            + "', which is not a duration; write it as 500ms, 10s, 1m30s, 24h or 7d, with the largest unit first");
        }
        return duration;
    }

    private static boolean isWholeMillis(Duration duration) {
        return duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
    }
}
