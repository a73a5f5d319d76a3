package io.github.camelpushgateway.metrics;

/**
 * The names of the <a href="https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels">data model</a> in their classic
 * form, which every Pushgateway takes.
 */
public final class ClassicNames {

    private ClassicNames() {}

    /** Tells whether a metric may have this name: letters, digits, underscores and colons, with no digit first. */
    public static boolean isMetricName(String name) {
        return isName(name, true);
    }

    /** Tells whether a label may have this name: letters, digits and underscores, with no digit first. */
    static boolean isLabelName(String name) {
        return isName(name, false);
    }

    private static boolean isName(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '_'
                    || (c == ':' && colons)
                    || (c >= '0' && c <= '9' && i > 0);
            if (!fits) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
