package io.github.camelpushgateway.options;

import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * Option {@code httpHeader}: a {@link MapOption} whose value is not repeated in error messages because it may contain
 * a secret.
 */
public final class HttpHeaderOption {

    static final String NAME = "httpHeader";

    private HttpHeaderOption() {}

    /** Removes the option from the options of an endpoint and returns its entries, as {@link MapOption#take} does. */
    public static Map<String, Object> take(CamelContext context, Map<String, Object> options) {
        try {
            return MapOption.take(context, options, NAME).entries();
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** Reads a whole map from text, as {@link MapOption#read} does. */
    static Map<String, String> read(String text) {
        try {
            return MapOption.read(NAME, text);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** Returns the exception for an invalid map, without the cause, whose message contains the value. */
    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("the option httpHeader is invalid; write each header as a separate option,"
                + " as httpHeader.X-Scope-OrgID=tenant, or several as httpHeader=name=value,name=value");
    }
}
