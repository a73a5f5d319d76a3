package io.github.camelpushgateway.options;

import io.github.camelpushgateway.api.StaleAfter;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of the option {@code staleAfter}: a duration, such as {@code 24h}, or a number of intervals, such as {@code 2x}. */
public final class StaleAfterText {

    private static final Pattern INTERVALS = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s*[xX]");
    private static final Pattern INVALID_INTERVALS = Pattern.compile("\\P{L}*[xX]");

    /** Matches a number of milliseconds below one second. */
    private static final Pattern BELOW_ONE_SECOND = Pattern.compile("\\d{1,3}");

    private StaleAfterText() {}

    /**
     * Parses the text of the option.
     *
     * @param option the name of the option for the error message
     * @throws IllegalArgumentException if the text is neither a plausible age nor a number of intervals of at least 1
     */
    public static StaleAfter parse(String option, String text) {
        String stripped = text.strip();
        Matcher intervals = INTERVALS.matcher(stripped);
        if (intervals.matches()) {
            return new StaleAfter.Intervals(
                    Double.parseDouble(intervals.group(1)), StaleAfter.Intervals.DEFAULT_METRIC);
        }
        if (INVALID_INTERVALS.matcher(stripped).matches()) {
            throw new IllegalArgumentException(option + " is '" + text
                    + "', which is not a number of intervals; write it as 2x or 1.5x, or write an age, such as 24h");
        }
        Duration duration = DurationText.parse(option, text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("staleAfter is " + stripped
                    + ", and every group is older than that; write an age, such as 24h, or remove staleAfter");
        }
        if (BELOW_ONE_SECOND.matcher(stripped).matches()) {
            throw new IllegalArgumentException("staleAfter is " + stripped
                    + ", which is in milliseconds and would select nearly every group; write a unit, such as "
                    + stripped + "h or " + stripped + "ms");
        }
        return new StaleAfter.Age(duration);
    }
}
