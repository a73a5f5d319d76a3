package io.github.camelpushgateway.options;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** The option of HTTP headers: a {@link MapOption} whose text is not repeated if it cannot be read, since it may hold a secret. */
public final class HttpHeaderOption {

    static final String NAME = "httpHeader";

    private HttpHeaderOption() {}

    /** Takes the option from those of an endpoint: see {@link MapOption#take}. */
    public static Map<String, Object> take(CamelContext context, Map<String, Object> options) {
        return orRefuse(() -> MapOption.take(context, options, NAME).entries());
    }

    /** Reads a text as a whole: see {@link MapOption#read}. */
    static Map<String, String> read(String text) {
        return orRefuse(() -> MapOption.read(NAME, text));
    }

    private static <T> T orRefuse(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the option httpHeader is invalid; write each header as an option of its"
                    + " own, as httpHeader.X-Scope-OrgID=tenant, or several as httpHeader=name=value,name=value");
        }
    }
}
