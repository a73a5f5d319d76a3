package io.github.camelpushgateway.options;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.EndpointUriFactory;
import org.jspecify.annotations.Nullable;

/**
 * Canonical names of the options of an endpoint. Camel accepts each option in any case, with dashes, below the object
 * that holds it ({@code gateway.password}), and with a map key after a dot or in brackets ({@code
 * httpHeader[X-Key]}).
 */
public final class OptionNames {

    private static final String HTTP_HEADER = "httpHeader";

    /** Objects that hold the options of an endpoint. Camel reaches them through their getters. */
    private static final Set<String> HOLDERS = Set.of("gateway", "configuration");

    /** Maximum edit distance of similar names. */
    private static final int MAX_DISTANCE = 2;

    private final Map<String, String> byUniformName = new HashMap<>();
    private final Map<String, String> prefixes;
    private final Set<String> secrets;

    /**
     * Creates the names from generated metadata.
     *
     * @param generated the options in the metadata of the component
     */
    public OptionNames(EndpointUriFactory generated) {
        prefixes = generated.multiValuePrefixes();
        secrets = generated.secretPropertyNames();
        for (String name : generated.propertyNames()) {
            if (!name.equals("job")) {
                byUniformName.put(uniform(name), name);
            }
        }
    }

    /**
     * Returns the canonical name of an option. For an entry of a map, it is {@code httpHeader.X-Key}.
     *
     * @param written the name in any spelling
     * @return the canonical name, or null if there is no such option
     */
    @Nullable
    String canonical(String written) {
        String name = withoutMarkers(written);
        int dot = name.indexOf('.');
        if (dot > 0 && HOLDERS.contains(uniform(name.substring(0, dot)))) {
            name = name.substring(dot + 1);
        }
        int end = endOfFirstPart(name);
        String option = byUniformName.get(uniform(name.substring(0, end)));
        if (end == name.length()) {
            return option;
        }
        String key = key(name.substring(end));
        if (uniform(name.substring(0, end)).equals("scheduler")) {
            return prefixes.get("schedulerProperties") + key;
        }
        String prefix = option == null ? null : prefixes.get(option);
        return prefix == null || key.isEmpty() ? null : prefix + key;
    }

    /** Removes a leading question mark, which marks an optional value, and quotes, as Camel does. */
    private static String withoutMarkers(String written) {
        String name = written.startsWith("?") ? written.substring(1) : written;
        boolean quoted = name.length() > 2
                && (name.startsWith("\"") || name.startsWith("'"))
                && name.charAt(0) == name.charAt(name.length() - 1);
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private static int endOfFirstPart(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '.' || name.charAt(i) == '[') {
                return i;
            }
        }
        return name.length();
    }

    /** Returns the map key in the rest of a name, which starts with a dot or a bracket. */
    private static String key(String rest) {
        if (rest.startsWith(".")) {
            return rest.substring(1);
        }
        return rest.endsWith("]") ? withoutMarkers(rest.substring(1, rest.length() - 1)) : "";
    }

    /** Returns whether the option with this canonical name holds a secret. */
    boolean isSecret(String canonical) {
        return secrets.contains(canonical) || canonical.startsWith(HTTP_HEADER + '.');
    }

    /** Returns the option with the most similar name, if any name is similar enough. */
    Optional<String> similar(String written) {
        String name = uniform(written).replace("_", "");
        return byUniformName.keySet().stream()
                .filter(each -> distance(each, name) <= Math.min(MAX_DISTANCE, each.length() / 2))
                .min(Comparator.comparingInt((String each) -> distance(each, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(byUniformName::get);
    }

    private static String uniform(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the number of characters to insert, delete or replace (Levenshtein distance). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
