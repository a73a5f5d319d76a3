package io.github.camelpushgateway.metrics;

/**
 * Rules for the names of the <a href="https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels">data model</a> in their classic
 * form, which every Pushgateway accepts.
 */
public final class ClassicNames {

    private ClassicNames() {}

    /** Returns whether a name is a legal metric name: letters, digits, underscores and colons, not starting with a digit. */
    public static boolean isMetricName(String name) {
        return isName(name, true);
    }

    /** Returns whether a name is a legal label name: letters, digits and underscores, not starting with a digit. */
    static boolean isLabelName(String name) {
        return isName(name, false);
    }

    private static boolean isName(String name, boolean colons) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean legal = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c == '_'
                    || (c == ':' && colons)
                    || (c >= '0' && c <= '9' && i > 0);
            if (!legal) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
