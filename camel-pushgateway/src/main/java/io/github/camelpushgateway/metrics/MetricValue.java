package io.github.camelpushgateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of plain values to numbers: durations to seconds, points in time to Unix seconds, {@code true} to 1 and {@code false} to 0.
 */
public final class MetricValue {

    static final String ACCEPTED =
            "a Number, a numeric String, a Boolean, a Duration, an Instant, a Date, a ZonedDateTime or an OffsetDateTime";

    /**
     * A float of the text format, without the hexadecimal forms and suffixes that only Java's parser accepts. The quantifiers are
     * possessive, so matching never backtracks.
     */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private static final Pattern INFINITY = Pattern.compile("([+-]?)inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final double NANOS = 1e9;

    private MetricValue() {}

    /** Returns the value as a number, or an empty result if it cannot be converted. */
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
        if (value instanceof Boolean bool) {
            return OptionalDouble.of(bool ? 1 : 0);
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

    /** Returns whether the text is a decimal number of any magnitude. */
    static boolean isDecimal(String text) {
        return DECIMAL.matcher(text).matches();
    }

    /** Returns the number that the text denotes, or an empty result if it is not a number. Does not accept surrounding blanks. */
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

    @SuppressWarnings("JavaUtilDate") // applications get them from databases and files
    private static OptionalDouble ofTime(@Nullable Object value) {
        Instant instant;
        if (value instanceof Instant time) {
            instant = time;
        } else if (value instanceof Date date) {
            // toInstant() is not supported by java.sql.Date and java.sql.Time
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

    /** Returns an empty result for an infinite double, which stems from a finite number beyond the range of a double. */
    private static OptionalDouble finite(double number) {
        return Double.isInfinite(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** Converts the nanoseconds of a negative value, which Java counts upwards, to count towards zero. This keeps their precision. */
    private static double seconds(long seconds, int nanos) {
        if (nanos == 0) {
            return seconds;
        }
        return seconds < 0 ? seconds + 1 + (nanos - NANOS) / NANOS : seconds + nanos / NANOS;
    }
}
