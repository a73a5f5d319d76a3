package io.github.camelpushgateway.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A list of patterns of names: {@code nightly-*,!nightly-test} means all that start with {@code nightly-}, but for that one. If
 * there are exceptions only, all others are meant. The order does not matter.
 */
public final class NamePatterns {

    private static final String NOT = "!";

    private final String text;
    private final List<String> meant = new ArrayList<>();
    private final List<String> excepted = new ArrayList<>();
    private final BiPredicate<String, String> matcher;

    /**
     * Reads a list of patterns.
     *
     * @param what what they are, for the message, such as {@code metricFilter}
     * @param text the patterns, separated by commas, those of exceptions with an exclamation mark before them; blanks around
     *     them do not count
     * @param example such a list, for the message
     * @param matcher tells whether a name (the first) matches a pattern (the second)
     * @throws IllegalArgumentException if one of the patterns is empty
     */
    public NamePatterns(String what, String text, String example, BiPredicate<String, String> matcher) {
        this.text = text;
        this.matcher = matcher;
        for (String each : text.split(",", -1)) {
            String pattern = each.strip();
            if (pattern.startsWith(NOT)) {
                excepted.add(pattern.substring(NOT.length()).strip());
            } else {
                meant.add(pattern);
            }
        }
        if (meant.contains("") || excepted.contains("")) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "', of which a pattern is empty; write patterns such as " + example);
        }
    }

    /** Tells whether something of that name is meant. */
    public boolean match(String name) {
        return match(List.of(name));
    }

    /** Tells whether something that goes by several names is meant: by any of them, and excepted by none. */
    boolean match(Collection<String> names) {
        return (meant.isEmpty() || matchOne(names, meant)) && !matchOne(names, excepted);
    }

    private boolean matchOne(Collection<String> names, List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> names.stream().anyMatch(name -> matcher.test(name, pattern)));
    }

    /** Returns the list as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
