package io.github.camelpushgateway.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parser of the text of an option according to the type of the option. Camel reads an unknown duration or number as
 * 0, and its error messages do not list the accepted values.
 */
final class OptionReader {

    /** Only option of type {@code long} that is not a duration. */
    private static final String COUNT = "repeatcount";

    /** Times between polls, which Camel reads in the unit of the option {@code timeUnit}. */
    private static final Set<String> POLL_TIMES = Set.of("delay", "initialDelay");

    /** The shortest interval of a job. Times on a gateway and in Prometheus are not more precise. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private OptionReader() {}

    /**
     * Parses the text of one option.
     *
     * @param option its name, in any spelling
     * @param value its value; only a text that does not refer to a bean is parsed
     * @param type the type of the option, or null if it is unknown
     * @return the value to set
     * @throws IllegalArgumentException if the text is invalid for the type
     */
    static Object read(String option, Object value, @Nullable Class<?> type) {
        if (!(value instanceof String text) || type == null || text.startsWith("#")) {
            return value;
        }
        String stripped = text.strip();
        String name = option.replace("-", "").toLowerCase(Locale.ROOT);
        if (name.equals("staleafter")) {
            StaleAfterText.parse(option, text);
            return stripped;
        }
        if (type == Duration.class || (type == long.class && !name.equals(COUNT))) {
            return duration(option, name, text);
        }
        if (type == int.class || type == long.class) {
            return number(option, text, type);
        }
        if (type == boolean.class) {
            if (stripped.equalsIgnoreCase("true") || stripped.equalsIgnoreCase("false")) {
                return stripped;
            }
            throw new IllegalArgumentException(option + " is '" + text + "'; write true or false");
        }
        return type.isEnum() ? constant(option, text, type.getEnumConstants()) : value;
    }

    /**
     * Validates the times between polls. Camel parses them later, in the unit of the option {@code timeUnit}.
     *
     * @param options all options of the endpoint by canonical name
     * @throws IllegalArgumentException if one includes a unit although {@code timeUnit} is set
     */
    static void validatePollTimes(Map<String, Object> options) {
        Object unit = options.get("timeUnit");
        for (String option : POLL_TIMES) {
            if (unit != null
                    && !String.valueOf(unit).strip().equalsIgnoreCase("milliseconds")
                    && includesUnit(options.get(option))) {
                throw new IllegalArgumentException(option + " is '" + options.get(option)
                        + "', which includes a unit; remove timeUnit, or write a number without a unit");
            }
        }
    }

    private static boolean includesUnit(@Nullable Object time) {
        return time instanceof Duration
                || (time instanceof String text && !text.startsWith("#") && !DurationText.isPlainNumber(text));
    }

    private static Duration duration(String option, String name, String text) {
        Duration duration = DurationText.parse(option, text);
        if (name.equals("delay") && duration.isZero()) {
            throw new IllegalArgumentException("delay is 0; write at least 1ms, such as 60s");
        }
        if (name.equals("reportinterval") && duration.compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("reportInterval is " + text.strip()
                    + (DurationText.isPlainNumber(text) ? ", which is in milliseconds" : "")
                    + "; write the time from one run to the next, at least 1s, such as 24h");
        }
        return duration;
    }

    private static Object number(String option, String text, Class<?> type) {
        try {
            if (type == int.class) {
                return Integer.parseInt(text.strip());
            }
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    option + " is '" + text + "', which is not a number; write a whole number such as 3");
        }
    }

    /** Returns the enum constant for a text. Case, dashes and underscores are ignored, as in Camel. */
    private static Object constant(String option, String text, Object[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> uniform(constant).equals(uniform(text)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is '" + text + "'; write one of "
                        + Arrays.stream(constants)
                                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static String uniform(Object textOrConstant) {
        String name = textOrConstant instanceof Enum<?> constant ? constant.name() : textOrConstant.toString();
        return name.strip().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
