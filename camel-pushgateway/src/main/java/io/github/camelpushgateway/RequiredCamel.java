package io.github.camelpushgateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The oldest Camel that has the methods that the component calls. */
final class RequiredCamel {

    private static final Logger LOG = LoggerFactory.getLogger(RequiredCamel.class);

    /** Camel JBang 4.17 runs the component as well; 4.14, the LTS version before, does not have all methods. */
    private static final int OLDEST_MINOR = 17;

    /** The oldest minor version that all tests run with. */
    private static final int OLDEST_SUPPORTED_MINOR = 18;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\D.*");

    private RequiredCamel() {}

    /**
     * Checks the version of a Camel context, and logs a warning if it may work but is not supported. A version that cannot be read is
     * accepted.
     *
     * @throws IllegalStateException if it is too old
     */
    static void check(String version) {
        Matcher parts = VERSION.matcher(version + ' ');
        if (parts.matches() && Integer.parseInt(parts.group(1)) <= 4) {
            int minor = Integer.parseInt(parts.group(1)) < 4 ? 0 : Integer.parseInt(parts.group(2));
            if (minor < OLDEST_MINOR) {
                throw new IllegalStateException(
                        "camel-pushgateway needs Camel 4.18 or newer, and this application has Camel " + version
                                + "; use a newer Camel, or do not use the component pushgateway");
            }
            if (minor < OLDEST_SUPPORTED_MINOR) {
                LOG.warn(
                        "camel-pushgateway needs Camel 4.18 or newer, and this application has Camel {}, with which only Camel JBang"
                                + " was tested; use a newer Camel",
                        version);
            }
        }
    }
}
