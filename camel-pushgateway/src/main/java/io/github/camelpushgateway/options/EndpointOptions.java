package io.github.camelpushgateway.options;

import io.github.camelpushgateway.api.GatewayUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/** Options of one endpoint from its URI, each with the written and the canonical name. */
public final class EndpointOptions {

    private static final String GROUPING_KEY = "groupingKey.";
    private static final Pattern MAY_HOLD_USER_INFO = Pattern.compile("@|%40|:(?!//)[^/\\d]");

    private final OptionNames names;
    private final Map<String, Object> written;

    /** Creates the options of an endpoint. */
    public EndpointOptions(OptionNames names, Map<String, Object> written) {
        this.names = names;
        this.written = new TreeMap<>(written);
    }

    /**
     * Returns the options by canonical name, without blank ones: a blank option counts as unset. A label of the
     * grouping key may be empty.
     *
     * @param types the types of the options
     * @throws IllegalArgumentException if an option is unknown, is set twice, or has an invalid value
     */
    public Map<String, Object> read(PropertyConfigurerGetter types) {
        Map<String, String> spellings = new LinkedHashMap<>();
        Map<String, Object> options = new LinkedHashMap<>();
        for (Map.Entry<String, Object> option : written.entrySet()) {
            String spelling = option.getKey();
            Object value = option.getValue();
            String name = names.canonical(spelling);
            if (name == null) {
                throw new IllegalArgumentException(unknown(spelling));
            }
            String other = spellings.putIfAbsent(name, spelling);
            if (other != null) {
                throw new IllegalArgumentException(
                        "the option " + name + " is set twice, as " + other + " and " + spelling + "; remove one");
            }
            if (value instanceof List) {
                throw new IllegalArgumentException("the option " + name + " is set twice; remove one");
            }
            if (!isUnset(name, value)) {
                options.put(name, value);
            }
        }
        OptionReader.validatePollTimes(options);
        for (Map.Entry<String, Object> option : options.entrySet()) {
            Class<?> type = types.getOptionType(option.getKey(), false);
            option.setValue(OptionReader.read(option.getKey(), option.getValue(), type));
        }
        return options;
    }

    private static boolean isUnset(String name, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return value == null;
        }
        // the value of a label may be a blank
        return name.startsWith("labels.") ? text.isEmpty() : text.isBlank() && !name.startsWith(GROUPING_KEY);
    }

    private String unknown(String spelling) {
        String name = "unknown option " + spelling;
        return names.similar(spelling)
                .map(similar -> name + "; did you mean " + similar + "?")
                .orElse(name + "; remove it");
    }

    /** Removes the entries of a map option from the options, and returns them. */
    static Map<String, Object> entries(Map<String, Object> options, String option) {
        return PropertiesHelper.extractProperties(options, option + '.');
    }

    /** Returns whether an option holds or may hold a secret: an unknown name may be the misspelt name of a secret. */
    private boolean isSecret(String spelling, @Nullable Object value) {
        String name = names.canonical(spelling);
        if (name == null) {
            return names.similar(spelling).map(names::isSecret).orElse(true);
        }
        return names.isSecret(name)
                || (name.equals("url") && holdsUserInfo(String.valueOf(value)))
                || (name.equals("certFile") && PemOptions.holdsContent(String.valueOf(value)));
    }

    /**
     * Returns whether a URL may contain user info. A valid URL contains none. An invalid URL may contain it without
     * an at sign, as in {@code http://user:password}.
     */
    private static boolean holdsUserInfo(String url) {
        try {
            GatewayUrl.parseAll(url);
            return false;
        } catch (IllegalArgumentException e) {
            return MAY_HOLD_USER_INFO.matcher(url).find();
        }
    }

    /** Returns the options by canonical name, or by written name if unknown, with a replacement for each secret. */
    Map<String, Object> withoutSecrets(String replacement) {
        Map<String, Object> redacted = new TreeMap<>();
        written.forEach((spelling, value) -> {
            String name = names.canonical(spelling);
            redacted.put(
                    name == null ? spelling : name, isSecret(spelling, value) ? replacement : String.valueOf(value));
        });
        return redacted;
    }

    /** Returns the written names of the options that hold a secret. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, Object> option : written.entrySet()) {
            if (isSecret(option.getKey(), option.getValue())) {
                secrets.add(option.getKey());
            }
        }
        return secrets;
    }
}
