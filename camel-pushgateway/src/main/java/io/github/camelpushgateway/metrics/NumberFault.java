package io.github.camelpushgateway.metrics;

import java.util.regex.Pattern;

/** The description of why a value is not a number and what to write instead. It does not contain the value. */
final class NumberFault {

    /** Digits with separators of thousands or decimals, as in spreadsheets. */
    private static final Pattern SEPARATED =
            Pattern.compile("[+-]?\\d++([.,'_ \\u00A0\\u2009\\u202F\\u2019]\\d++)++([eE][+-]?\\d++)?");

    private NumberFault() {}

    /** Returns the predicate of a sentence whose subject names the value. */
    static String of(Object value) {
        String type = "is of type " + value.getClass().getName() + " and ";
        if (value instanceof Number) {
            return type + beyondRange();
        }
        if (!(value instanceof CharSequence text)) {
            return type + "not a number; remove it, or send " + MetricValue.ACCEPTED;
        }
        String stripped = text.toString().strip();
        if (stripped.isEmpty()) {
            return type + "blank; remove it, or send " + MetricValue.ACCEPTED;
        }
        if (MetricValue.isDecimal(stripped)) {
            return type + beyondRange();
        }
        return type + "not a number; "
                + (SEPARATED.matcher(stripped).matches()
                        ? "write a point as the decimal separator and nothing between thousands, such as 1234.5; "
                        : "")
                + "remove it, or send " + MetricValue.ACCEPTED;
    }

    private static String beyondRange() {
        return "beyond the range of a double, which ends at about 1.8e308; send it in a larger unit";
    }
}
