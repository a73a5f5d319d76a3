package io.github.camelpushgateway.options;

import io.github.camelpushgateway.metrics.LabelPairs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;

/**
 * Option that holds a map. The whole map is text, a map or the {@code #bean} of a map. A single entry overrides the
 * same entry of the whole map.
 *
 * @param entries all entries
 * @param data the names of the entries that come from a bean; expressions in them are not evaluated
 */
public record MapOption(Map<String, Object> entries, Set<String> data) {

    /** Start of the text of a Java map, which is the form in which YAML passes a map to an endpoint. */
    private static final String MAP_START = "{";

    private static final String MAP_END = "}";

    /**
     * Removes a map option from the options of an endpoint and returns it.
     *
     * @param options the options by canonical name; the option and its entries are removed
     * @throws IllegalArgumentException if there is no such bean, or the value is not a map
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
        } else if (whole != null) {
            entries.putAll(whole instanceof String text ? read(option, text) : LabelPairs.read(whole));
        }
        entries.putAll(single);
        return new MapOption(entries, data);
    }

    /**
     * Reads a whole map from text.
     *
     * @param text {@code name=value,name=value}, or a map as YAML passes it
     * @throws IllegalArgumentException if the text has neither form
     */
    static Map<String, String> read(String option, String text) {
        String stripped = text.strip();
        return stripped.startsWith(MAP_START) ? readMapText(option, stripped) : LabelPairs.read(stripped);
    }

    /**
     * Reads the text of a Java map. Java separates entries by a comma and a blank; a value that contains both cannot
     * be recognised.
     */
    private static Map<String, String> readMapText(String option, String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        String inner = text.endsWith(MAP_END) ? text.substring(1, text.length() - 1) : "";
        for (String entry : inner.split(", ", -1)) {
            int equals = entry.indexOf('=');
            String value = entry.substring(equals + 1);
            if (equals < 1 || value.startsWith(MAP_START)) {
                throw new IllegalArgumentException(
                        "the option " + option + " contains a map that cannot be parsed; write each"
                                + " entry as a separate option, as " + option + ".name");
            }
            entries.put(entry.substring(0, equals), value);
        }
        return entries;
    }
}
