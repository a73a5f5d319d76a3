package io.github.camelpushgateway.options;

import java.util.Map;
import java.util.function.Supplier;
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
        return withoutValueInError(() -> MapOption.take(context, options, NAME).entries());
    }

    /** Reads a whole map from text, as {@link MapOption#read} does. */
    static Map<String, String> read(String text) {
        return withoutValueInError(() -> MapOption.read(NAME, text));
    }

    private static <T> T withoutValueInError(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the option httpHeader is invalid; write each header as a separate option,"
                            + " as httpHeader.X-Scope-OrgID=tenant, or several as httpHeader=name=value,name=value");
        }
    }
}
