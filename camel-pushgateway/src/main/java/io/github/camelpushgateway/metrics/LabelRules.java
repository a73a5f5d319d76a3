package io.github.camelpushgateway.metrics;

import java.util.function.Supplier;

/**
 * Rules for labels that every Pushgateway stores unchanged.
 *
 * <p>Names have the classic form of the
 * <a href="https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels">data model</a>. A gateway refuses
 * other names unless UTF-8 names are enabled, and then stores them under another name. Values can be encoded in UTF-8.
 */
public final class LabelRules {

    private static final String RESERVED = "__";

    /** The label with the name of a metric. Two of them break a scrape. */
    static final String METRIC_NAME = "__name__";

    private LabelRules() {}

    /**
     * Validates the name of a label to push.
     *
     * @throws IllegalArgumentException if the name is not legal, is reserved, or could be read as an escaped name
     */
    public static void validateName(String name) {
        validateExistingName(name);
        if (name.startsWith(NameCodec.PREFIX)) {
            throw new IllegalArgumentException(Excerpt.message("the label '" + name
                    + "' starts with U__, which some gateways treat as the prefix of an escaped"
                    + " name; choose a name without this prefix"));
        }
    }

    /**
     * Validates the name of a label in a request. Unlike {@link #validateName}, accepts escaped names that no gateway misreads.
     *
     * @throws IllegalArgumentException if the name is not legal or is reserved, or could be read as another escaped name
     */
    public static void validateRequestName(String name) {
        if (!name.startsWith(NameCodec.PREFIX) || !isEscaped(name)) {
            validateName(name);
        }
    }

    /**
     * Returns whether a name is in the scheme {@code values}, and stands for a name that is not reserved. Its unescaped form is unique,
     * so it is the same label on a gateway that allows UTF-8 names and on one that does not.
     */
    public static boolean isEscaped(String name) {
        String original = NameCodec.original(name);
        return !original.equals(name)
                && NameCodec.values(original, false).equals(name)
                && !original.startsWith(RESERVED)
                && !NameCodec.underscores(original, false).equals(METRIC_NAME);
    }

    /** Returns the exception for a reserved name. */
    static IllegalArgumentException reserved(String name) {
        return new IllegalArgumentException(Excerpt.message(
                "the label '" + name + "' is reserved, because it starts with two underscores; choose another name"));
    }

    /**
     * Validates a label name of an existing group, which any client may have pushed. Unlike {@link #validateName}, accepts
     * escaped names.
     *
     * @throws IllegalArgumentException if the name is not legal or is reserved
     */
    public static void validateExistingName(String name) {
        if (!ClassicNames.isLabelName(name)) {
            throw new IllegalArgumentException(Excerpt.message("'" + name
                    + "' is not a label name; use letters, digits and underscores, and do not start with a digit, or set the"
                    + " option escaping"));
        }
        if (name.startsWith(RESERVED)) {
            throw reserved(name);
        }
    }

    /**
     * Returns the label name in the form that the push API expects.
     *
     * <p>A gateway that allows UTF-8 names may contain any name. Names that do not have the classic form are <a
     * href="https://github.com/prometheus/docs/blob/main/docs/instrumenting/escaping_schemes.md">escaped</a>.
     *
     * @param stored the name as the gateway returns it
     */
    public static String pushApiName(String stored) {
        if (ClassicNames.isLabelName(stored) && !stored.startsWith(RESERVED)) {
            return stored;
        }
        return NameCodec.encoded(stored, false);
    }

    /**
     * Validates that a text can be encoded in UTF-8.
     *
     * @param what supplies the role of the text for the message, if it contains a name; called only on failure
     * @throws IllegalArgumentException if the text contains an unpaired surrogate
     */
    public static void validateText(Supplier<String> what, String text) {
        if (loneSurrogate(text) >= 0) {
            validateText(what.get(), text);
        }
    }

    /**
     * Validates that a text can be encoded in UTF-8.
     *
     * @param what the role of the text for the message, such as {@code the job}
     * @throws IllegalArgumentException if the text contains an unpaired surrogate
     */
    public static void validateText(String what, String text) {
        int index = loneSurrogate(text);
        if (index >= 0) {
            throw new IllegalArgumentException(Excerpt.message(what + " contains an unpaired surrogate at index "
                    + index + ", which UTF-8 cannot encode; fix the encoding of the text"));
        }
    }

    /** Returns the index of the first unpaired surrogate, or -1. */
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
