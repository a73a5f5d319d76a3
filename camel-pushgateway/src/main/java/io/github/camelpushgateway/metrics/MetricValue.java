package io.github.camelpushgateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the number in a plain value: durations become seconds, points in time unix seconds, {@code true} 1 and {@code false} 0. */
public final class MetricValue {

    static final String ACCEPTED =
            "a Number, a numeric String, a Boolean, a Duration, an Instant, a Date, a ZonedDateTime or an OffsetDateTime";

    /**
     * What the text format calls a float, less the hexadecimal forms and suffixes that only Java's parser takes. Nothing is
     * tried twice, however long it is.
     */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private static final Pattern INFINITY = Pattern.compile("([+-]?)inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final double NANOS = 1e9;

    private MetricValue() {}

    /** Returns the number in that value, or nothing if there is none. */
    public static OptionalDouble of(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return OptionalDouble.of(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return finite(number.doubleValue());
        }
        if (value instanceof CharSequence text) {
            return ofWord(text.toString().strip());
        }
        if (value instanceof Boolean truth) {
            return OptionalDouble.of(truth ? 1 : 0);
        }
        if (value instanceof Duration duration) {
            return OptionalDouble.of(seconds(duration.getSeconds(), duration.getNano()));
        }
        return ofTime(value);
    }

    private static OptionalDouble ofWord(String text) {
        if (text.equalsIgnoreCase("true")) {
            return OptionalDouble.of(1);
        }
        return text.equalsIgnoreCase("false") ? OptionalDouble.of(0) : ofText(text);
    }

    /** Tells whether the text is a decimal number, of whatever size. */
    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /** Returns the number that is the whole text, without blanks around it, or nothing if there is none. */
    public static OptionalDouble ofText(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return finite(Double.parseDouble(text));
        }
        var infinity = INFINITY.matcher(text);
        if (infinity.matches()) {
            return OptionalDouble.of(
                    "-".equals(infinity.group(1)) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return text.equalsIgnoreCase("nan") ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty();
    }

    @SuppressWarnings("JavaUtilDate") // people have them: dates from databases and files
    private static OptionalDouble ofTime(@Nullable Object value) {
        Instant instant;
        if (value instanceof Instant time) {
            instant = time;
        } else if (value instanceof Date date) {
            // not toInstant(): java.sql.Date and java.sql.Time refuse it
            instant = Instant.ofEpochMilli(date.getTime());
        } else if (value instanceof ZonedDateTime time) {
            instant = time.toInstant();
        } else if (value instanceof OffsetDateTime time) {
            instant = time.toInstant();
        } else {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(seconds(instant.getEpochSecond(), instant.getNano()));
    }

    /** What is finite but too large for a double is no number that could be sent. */
    private static OptionalDouble finite(double number) {
        return Double.isInfinite(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** The nanoseconds count up, also from a negative second: they are counted towards zero here, to lose no digit. */
    private static double seconds(long seconds, int nanos) {
        if (nanos == 0) {
            return seconds;
        }
        return seconds < 0 ? seconds + 1 + (nanos - NANOS) / NANOS : seconds + nanos / NANOS;
    }
}
