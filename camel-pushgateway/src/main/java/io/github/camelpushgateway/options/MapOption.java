package io.github.camelpushgateway.options;

import io.github.camelpushgateway.metrics.LabelPairs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;

/**
 * An option that holds a map: as a whole, which is text, a map or {@code #bean} of a map, and one entry at a time, which wins.
 *
 * @param entries all entries
 * @param data the names of the entries that come from a bean: an expression in them is not evaluated
 */
public record MapOption(Map<String, Object> entries, Set<String> data) {

    /** How YAML passes a map to an endpoint: as the text of a Java map. */
    private static final String MAP_START = "{";

    private static final String MAP_END = "}";

    /**
     * Takes an option from those of an endpoint.
     *
     * @param options by their canonical names; the option and its entries are removed
     * @throws IllegalArgumentException if there is no such bean, or the whole is not a map
     */
    public static MapOption take(CamelContext context, Map<String, Object> options, String option) {
        Map<String, Object> single = EndpointOptions.entries(options, option);
        Object whole = options.remove(option);
        Map<String, Object> entries = new LinkedHashMap<>();
        Set<String> data = Set.of();
        if (whole instanceof String text && EndpointHelper.isReferenceParameter(text)) {
            entries.putAll(
                    LabelPairs.read(EndpointHelper.resolveReferenceParameter(context, text, Object.class, true)));
            data = Set.copyOf(entries.keySet().stream()
                    .filter(name -> !single.containsKey(name))
                    .toList());
        } else {
            entries.putAll(whole instanceof String text ? read(option, text) : LabelPairs.read(whole));
        }
        entries.putAll(single);
        return new MapOption(entries, data);
    }

    /**
     * Reads a whole map from text.
     *
     * @param text {@code name=value,name=value}, or a map as YAML passes it
     * @throws IllegalArgumentException if it is neither
     */
    static Map<String, String> read(String option, String text) {
        String stripped = text.strip();
        return stripped.startsWith(MAP_START) ? readMapText(option, stripped) : LabelPairs.read(stripped);
    }

    /** Java separates the entries of a map by a comma and a blank; a value that holds these is not recognisable. */
    private static Map<String, String> readMapText(String option, String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        String inner = text.endsWith(MAP_END) ? text.substring(1, text.length() - 1) : "";
        for (String entry : inner.split(", ", -1)) {
            int equals = entry.indexOf('=');
            String value = entry.substring(equals + 1);
            if (equals < 1 || value.startsWith(MAP_START)) {
                throw new IllegalArgumentException(
                        "the option " + option + " holds a map that cannot be read; write each"
                                + " entry as an option of its own, as " + option + ".name");
            }
            entries.put(entry.substring(0, equals), value);
        }
        return entries;
    }
}
