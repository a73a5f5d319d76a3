package io.github.camelpushgateway.metrics;

import java.util.function.Supplier;

/**
 * What a label must be so that every Pushgateway stores it as it is given: the names of the
 * <a href="https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels">data model</a> in their classic
 * form (a gateway refuses others unless it is told to allow UTF-8 names, and then stores them under another name), and
 * values that UTF-8 can carry.
 */
public final class LabelRules {

    private static final String RESERVED = "__";

    /** A gateway that allows UTF-8 names takes what follows for another name in disguise, even a reserved one. */
    private static final String ESCAPED = "U__";

    private LabelRules() {}

    /**
     * Checks the name of a label that is to be pushed.
     *
     * @throws IllegalArgumentException if no label may have that name
     */
    public static void checkName(String name) {
        checkGiven(name);
        if (name.startsWith(ESCAPED)) {
            throw new IllegalArgumentException(
                    Excerpt.message(
                            "the label '" + name
                                    + "' starts with U__, which some gateways take for another name in disguise; choose a name that does not"));
        }
    }

    /**
     * Checks the name of a label of a group that may be there already, from whoever has pushed it.
     *
     * @throws IllegalArgumentException if no gateway is given a label of that name
     */
    public static void checkGiven(String name) {
        if (!ClassicNames.isLabelName(name)) {
            throw new IllegalArgumentException(Excerpt.message("'" + name
                    + "' is not a label name; use letters, digits and underscores, and do not start with a digit"));
        }
        if (name.startsWith(RESERVED)) {
            throw new IllegalArgumentException(Excerpt.message("the label '" + name
                    + "' is reserved, since it starts with two underscores; choose a name that does not"));
        }
    }

    /**
     * Returns how a gateway is given a label of which it tells. One that allows UTF-8 names may have any: those that are none of the
     * classic form are given <a
     * href="https://github.com/prometheus/docs/blob/main/docs/instrumenting/escaping_schemes.md">in disguise</a>.
     */
    public static String given(String stored) {
        if (ClassicNames.isLabelName(stored) && !stored.startsWith(RESERVED)) {
            return stored;
        }
        StringBuilder given = new StringBuilder(ESCAPED);
        stored.codePoints().forEach(c -> {
            if (c == '_') {
                given.append(RESERVED);
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
                given.append((char) c);
            } else {
                given.append('_').append(Integer.toHexString(c)).append('_');
            }
        });
        return given.toString();
    }

    /**
     * Checks that UTF-8 can carry a text.
     *
     * @param what asked for the text's role, such as {@code the job}, if there is something to say
     * @throws IllegalArgumentException if there is half of a surrogate pair in the text
     */
    public static void checkText(Supplier<String> what, String text) {
        int index = loneSurrogate(text);
        if (index >= 0) {
            throw new IllegalArgumentException(Excerpt.message(what.get() + " holds half of a surrogate pair at index "
                    + index + ", which UTF-8 cannot carry; mend the text's encoding"));
        }
    }

    /** Returns where there is half of a surrogate pair, or -1. */
    public static int loneSurrogate(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
