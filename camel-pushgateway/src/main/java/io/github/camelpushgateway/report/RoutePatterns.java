package io.github.camelpushgateway.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.support.PatternHelper;

/**
 * Says which routes are meant: {@code nightly-*,!nightly-test} means all whose id starts with {@code nightly-}, but for that one.
 * If there are exceptions only, all others are meant.
 */
final class RoutePatterns {

    private static final String NOT = "!";

    private final String text;
    private final String[] meant;
    private final String[] excepted;

    /** @throws IllegalArgumentException if there is no pattern in the text */
    RoutePatterns(String text) {
        this.text = text;
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (String pattern : text.strip().split("\\s*,\\s*", -1)) {
            if (pattern.startsWith(NOT)) {
                out.add(pattern.substring(NOT.length()).strip());
            } else {
                in.add(pattern);
            }
        }
        if (in.isEmpty()) {
            in.add("*");
        }
        if (in.contains("") || out.contains("")) {
            throw new IllegalArgumentException("the routes to report are '" + text
                    + "', of which a pattern is empty; write them as nightly-*,!nightly-test");
        }
        meant = in.toArray(String[]::new);
        excepted = out.toArray(String[]::new);
    }

    boolean match(String routeId) {
        return PatternHelper.matchPatterns(routeId, meant) && !PatternHelper.matchPatterns(routeId, excepted);
    }

    @Override
    public String toString() {
        return text;
    }
}
