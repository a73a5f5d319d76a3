package io.github.camelpushgateway.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A list of inclusion and exclusion patterns for names. For example, {@code nightly-*,!nightly-test} matches all names that start with
 * {@code nightly-}, except {@code nightly-test}. A list of exclusions only matches all other names. The order does not matter.
 */
public final class NamePatterns {

    private static final String EXCLUSION = "!";

    private final String text;
    private final List<String> included = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final BiPredicate<String, String> matcher;

    /**
     * Parses a list of patterns.
     *
     * @param what the name of the list, for the message, such as {@code metricFilter}
     * @param text the patterns, separated by commas; an exclamation mark before a pattern excludes names; blanks around patterns are
     *     removed
     * @param example a valid list, for the message
     * @param matcher returns whether a name (first argument) matches a pattern (second argument)
     * @throws IllegalArgumentException if one of the patterns is empty
     */
    public NamePatterns(String what, String text, String example, BiPredicate<String, String> matcher) {
        this.text = text;
        this.matcher = matcher;
        for (String each : text.split(",", -1)) {
            String pattern = each.strip();
            if (pattern.startsWith(EXCLUSION)) {
                excluded.add(pattern.substring(EXCLUSION.length()).strip());
            } else {
                included.add(pattern);
            }
        }
        if (included.contains("") || excluded.contains("")) {
            throw new IllegalArgumentException(
                    what + " is '" + text + "', which contains an empty pattern; write patterns such as " + example);
        }
    }

    /** Returns whether the list matches a name. */
    public boolean match(String name) {
        return match(List.of(name));
    }

    /** Returns whether the list includes any of several names of one thing and excludes none of them. */
    boolean match(Collection<String> names) {
        return (included.isEmpty() || matchesAny(names, included)) && !matchesAny(names, excluded);
    }

    private boolean matchesAny(Collection<String> names, List<String> patterns) {
        return patterns.stream().anyMatch(pattern -> names.stream().anyMatch(name -> matcher.test(name, pattern)));
    }

    /** Returns the original text of the list. */
    @Override
    public String toString() {
        return text;
    }
}
