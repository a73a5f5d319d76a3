package io.github.camelpushgateway.springboot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Component;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The options of a component as Spring Boot's properties, in any spelling that Spring Boot knows. Which there are, the component
 * says itself, so none can be forgotten; and one that it does not have fails the start, where Spring Boot would pass over it.
 */
final class ComponentOptions {

    /** What Camel's starters know of every component besides its options. */
    private static final Set<String> OF_THE_STARTER = Set.of("enabled", "customizer");

    /** The object that holds the options of the component, and may be named before them. */
    private static final String HOLDER = "configuration";

    private final Binder binder;
    private final String prefix;

    ComponentOptions(Environment environment, String prefix) {
        binder = Binder.get(environment);
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if a property is no option, or has no value that the option could have */
    void set(Component component) {
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) configurer;
        Map<String, Object> values = new LinkedHashMap<>();
        properties(prefix).forEach((property, value) -> {
            String name = uniform(property);
            if (name.equals(HOLDER) && value instanceof Map) {
                properties(prefix + '.' + HOLDER)
                        .forEach((inner, held) -> put(values, HOLDER + '.' + inner, held, options));
            } else if (!OF_THE_STARTER.contains(name)) {
                put(values, property, value, options);
            }
        });
        PropertyBindingSupport.build()
                .withCamelContext(component.getCamelContext())
                .withTarget(component)
                .withConfigurer(configurer)
                .withProperties(values)
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind();
    }

    private Map<String, Object> properties(String name) {
        return binder.bind(name, Bindable.mapOf(String.class, Object.class)).orElse(Map.of());
    }

    /** An empty property is unset. */
    private void put(Map<String, Object> values, String property, Object value, PropertyConfigurerGetter options) {
        String name = uniform(property.substring(property.lastIndexOf('.') + 1));
        if (!value.toString().isBlank()
                && values.put(name, read(property, value, options.getOptionType(name, true))) != null) {
            throw new IllegalArgumentException(
                    "the property " + prefix + '.' + property + " sets an option a second time; leave one out");
        }
    }

    private Object read(String property, Object value, @Nullable Class<?> type) {
        if (type == null) {
            throw new IllegalArgumentException(
                    "the property " + prefix + '.' + property + " is no option of the component");
        }
        // names with dots are nested maps, as the binder reads objects
        return type == Map.class && value instanceof Map
                ? new LinkedHashMap<>(
                        binder.bind(prefix + '.' + dashed(property), Bindable.mapOf(String.class, String.class))
                                .get())
                : value.toString();
    }

    /** As Spring Boot writes names: {@code max-retries}. */
    static String dashed(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** As Spring Boot compares names. */
    private static String uniform(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
