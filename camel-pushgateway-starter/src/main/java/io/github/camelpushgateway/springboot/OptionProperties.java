package io.github.camelpushgateway.springboot;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Names of the properties that set the options of a component, in the form of Spring Boot: {@code
 * camel.component.pushgateway.max-retries}. Spring Boot ignores a property that nothing reads. Therefore a name that
 * sets no option is rejected here.
 */
final class OptionProperties {

    /** Properties that Camel's starters have for every component. */
    private static final Set<String> STARTER_PROPERTIES = Set.of("enabled", "customizer", "customizer.enabled");

    /** Maximum edit distance of similar names. */
    private static final int MAX_DISTANCE = 3;

    private final ConfigurationPropertyName prefix;
    private final ConfigurationPropertyName holder;
    private final Map<String, Class<?>> types;
    private final Set<String> lists;

    /**
     * Creates the names of a component.
     *
     * @param prefix the prefix of the properties
     * @param holder the option that is an object with most of the options, whose name may be a second prefix
     * @param types the types of the options by name, such as {@code maxRetries}
     * @param lists the options that may be a list
     */
    OptionProperties(String prefix, String holder, Map<String, Class<?>> types, Set<String> lists) {
        this.prefix = ConfigurationPropertyName.of(prefix);
        this.holder = this.prefix.append(holder);
        this.types = new TreeMap<>(types);
        this.lists = lists;
    }

    /** Returns the names of the properties that set an option. */
    List<ConfigurationPropertyName> of(String option) {
        ConfigurationPropertyName name = prefix.append(dashed(option));
        return name.equals(holder) ? List.of(name) : List.of(name, holder.append(dashed(option)));
    }

    /** Returns the name of an option in the form of Spring Boot: {@code max-retries}. */
    static String dashed(String option) {
        return StringHelper.camelCaseToDash(option).toLowerCase(Locale.ROOT);
    }

    /**
     * Validates the names of all properties.
     *
     * @throws IllegalArgumentException if a property sets no option, or a source sets an option twice
     */
    void validate(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                Set<String> options = new HashSet<>();
                iterable.stream().filter(prefix::isAncestorOf).forEach(name -> validate(name, source, options));
            }
        }
    }

    private void validate(ConfigurationPropertyName name, ConfigurationPropertySource source, Set<String> options) {
        boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        if (STARTER_PROPERTIES.contains(relative(name, prefix))) {
            return;
        }
        for (String option : types.keySet()) {
            for (ConfigurationPropertyName property : of(option)) {
                var spellings = variable ? List.of(property, withoutDashes(property)) : List.of(property);
                if (spellings.contains(name)) {
                    addOnce(options, option, option);
                    return;
                }
                if (!property.equals(holder) && spellings.stream().anyMatch(each -> each.isAncestorOf(name))) {
                    addOnce(options, option, part(option, property, name, source, variable));
                    return;
                }
            }
        }
        throw unknown(name, source);
    }

    /**
     * Returns the name of the environment variable in which underscores replace dashes, which Spring Boot also
     * accepts.
     */
    private static ConfigurationPropertyName withoutDashes(ConfigurationPropertyName name) {
        return ConfigurationPropertyName.of(name.toString().replace('-', '.'));
    }

    /** Returns the part of an option that a property sets: the key in a map, or the index in a list. */
    private String part(
            String option,
            ConfigurationPropertyName property,
            ConfigurationPropertyName name,
            ConfigurationPropertySource source,
            boolean variable) {
        boolean one = property.isParentOf(name);
        if (types.get(option) == Map.class && (!variable || one)) {
            return IntStream.range(property.getNumberOfElements(), name.getNumberOfElements())
                    .mapToObj(element -> name.getElement(element, Form.ORIGINAL))
                    .collect(Collectors.joining("."));
        }
        if (lists.contains(option) && one && name.isLastElementIndexed()) {
            return name.getLastElement(Form.ORIGINAL);
        }
        String reason = types.get(option) == Map.class
                ? "Spring Boot reads each underscore in the name of an environment variable as a dot, so it cannot distinguish"
                        + " dashes and dots; write "
                        + prefix.append(dashed(option))
                                .toString()
                                .toUpperCase(Locale.ROOT)
                                .replaceAll("[.-]", "_")
                        + "=X-Scope-OrgID=tenant,X-Other=value"
                : "the option has " + (lists.contains(option) ? "no parts except [0], [1] and so on" : "one value")
                        + "; write " + prefix.append(dashed(option));
        throw new IllegalArgumentException("the property " + describe(name, source) + " is invalid, because " + reason);
    }

    /** Records an option or a part of it. A source that sets an option as a whole and in parts sets it twice. */
    private void addOnce(Set<String> options, String option, String part) {
        boolean whole = part.equals(option);
        String anyPart = option + "[]";
        if (!options.add(whole ? option : option + '[' + part + ']') || options.contains(whole ? anyPart : option)) {
            throw twice(option);
        }
        if (!whole) {
            options.add(anyPart);
        }
    }

    /** Returns the error for an option that has two values. */
    IllegalArgumentException twice(String option) {
        return new IllegalArgumentException("the option " + option + " is set twice; write only one property for it, "
                + of(option).get(0) + ", as a whole or in parts");
    }

    private IllegalArgumentException unknown(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        ConfigurationPropertyName base = holder.isAncestorOf(name) ? holder : prefix;
        String first = name.getElement(base.getNumberOfElements(), Form.DASHED);
        String all = relative(name, base).replaceAll("\\[.*", "");
        return new IllegalArgumentException("the property " + describe(name, source)
                + " is not an option of the component; "
                + Stream.of(all, first)
                        .flatMap(wrong -> similar(wrong).stream())
                        .findFirst()
                        .map(option -> "write " + prefix.append(dashed(option)))
                        .orElseGet(() -> "the options are "
                                + types.keySet().stream()
                                        .map(OptionProperties::dashed)
                                        .collect(Collectors.joining(", "))));
    }

    private Optional<String> similar(String wrong) {
        String name = uniform(wrong);
        return types.keySet().stream()
                .filter(option -> distance(uniform(option), name) <= Math.min(MAX_DISTANCE, name.length() / 2))
                .min(Comparator.comparingInt(option -> distance(uniform(option), name)));
    }

    private static String uniform(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the number of characters to insert, delete or replace (Levenshtein distance). */
    private static int distance(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0]++;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String relative(ConfigurationPropertyName name, ConfigurationPropertyName ancestor) {
        return name.subName(ancestor.getNumberOfElements()).toString();
    }

    /** Returns the name and the origin of a property. The value is never included because it may be a secret. */
    private static String describe(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        return property == null || property.getOrigin() == null
                ? name.toString()
                : name + " (" + property.getOrigin() + ')';
    }
}
