package io.github.camelpushgateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oldest Camel that has the methods that the component calls. */
final class RequiredCamel {

    /** Camel JBang 4.17 runs the component as well; 4.14, the LTS version before, does not have all methods. */
    private static final int OLDEST_MINOR = 17;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\D.*");

    private RequiredCamel() {}

    /**
     * Checks the version of a Camel context. A version that cannot be read is accepted.
     *
     * @throws IllegalStateException if it is too old
     */
    static void check(String version) {
        Matcher parts = VERSION.matcher(version + ' ');
        if (parts.matches()) {
            int major = Integer.parseInt(parts.group(1));
            if (major < 4 || (major == 4 && Integer.parseInt(parts.group(2)) < OLDEST_MINOR)) {
                throw new IllegalStateException(
                        "camel-pushgateway needs Camel 4.18 or newer, and this application has Camel " + version
                                + "; use a newer Camel, or do not use the component pushgateway");
            }
        }
    }
}
