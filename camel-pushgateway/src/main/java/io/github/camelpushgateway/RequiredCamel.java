package io.github.camelpushgateway;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Minimum version of Camel that has all methods the component calls. */
final class RequiredCamel {

    private static final Logger LOG = LoggerFactory.getLogger(RequiredCamel.class);

    /** The component also runs in Camel JBang 4.17. Version 4.14, the previous LTS version, lacks some methods. */
    private static final int MIN_MINOR = 17;

    /** Oldest minor version with which all tests run. */
    private static final int MIN_SUPPORTED_MINOR = 18;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\D.*");

    private RequiredCamel() {}

    /**
     * Validates the version of a Camel context. Logs a warning if the component may work with it but does not support
     * it. A version that cannot be parsed is accepted.
     *
     * @throws IllegalStateException if the version is too old
     */
    static void check(String version) {
        Matcher parts = VERSION.matcher(version + ' ');
        if (parts.matches() && Integer.parseInt(parts.group(1)) <= 4) {
            int minor = Integer.parseInt(parts.group(1)) < 4 ? 0 : Integer.parseInt(parts.group(2));
            if (minor < MIN_MINOR) {
                throw new IllegalStateException(
                        "camel-pushgateway requires Camel 4.18 or newer, but this application has Camel " + version
                                + "; use a newer Camel, or remove the component pushgateway");
            }
            if (minor < MIN_SUPPORTED_MINOR) {
                LOG.warn(
                        "camel-pushgateway requires Camel 4.18 or newer, but this application has Camel {}, which was tested"
                                + " only with Camel JBang; use a newer Camel",
                        version);
            }
        }
    }
}
