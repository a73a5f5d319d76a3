package io.github.camelpushgateway.springboot;

import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.PushgatewayComponent;
import java.beans.PropertyDescriptor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.ObjectHelper;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Binding of Spring Boot properties to the options of the component. Spring's binder finds each option in every
 * spelling and source that it supports. The list of options comes from the component, so none can be missing.
 */
final class ComponentOptions {

    /** Option of the component that is an object with most of the options. */
    private static final String HOLDER = "configuration";

    /** Options that may be a list. */
    private static final Set<String> LISTS = Set.of("url");

    private static final List<Class<?>> BEANS = List.of(PushgatewayComponent.class, GatewayConfiguration.class);

    private final Environment environment;
    private final Binder binder;
    private final String prefix;

    ComponentOptions(Environment environment, String prefix) {
        this.environment = environment;
        this.prefix = prefix;
        binder = Binder.get(environment);
    }

    /**
     * Sets the options of a component.
     *
     * @throws IllegalArgumentException if a property sets no option, an option is set twice, or a value is invalid
     */
    void set(PushgatewayComponent component) {
        Map<String, Class<?>> types = types((PropertyConfigurerGetter) component.getComponentPropertyConfigurer());
        OptionProperties properties = new OptionProperties(prefix, HOLDER, types, LISTS);
        properties.validate(environment);
        Map<String, Object> values = values(properties, types, component.getCamelContext());
        Object holder = values.remove(HOLDER);
        if (holder != null) {
            // first, because the other options are set on this object
            bind(component, Map.of(HOLDER, holder), types);
        }
        bind(component, values, types);
    }

    private static void bind(PushgatewayComponent component, Map<String, Object> values, Map<String, Class<?>> types) {
        try {
            PropertyBindingSupport.build()
                    .withCamelContext(component.getCamelContext())
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withProperties(new LinkedHashMap<>(values))
                    .withMandatory(true)
                    .bind();
        } catch (PropertyBindingException e) {
            throw withOptionName(e, types);
        }
    }

    /**
     * Returns an exception that names the option and the problem with its bean. Camel's exception names only the
     * bean, or reports missing type converters.
     */
    private static RuntimeException withOptionName(PropertyBindingException failure, Map<String, Class<?>> types) {
        Class<?> type = types.get(failure.getPropertyName());
        if (type == null) {
            return failure;
        }
        String option = "the option " + OptionProperties.dashed(failure.getPropertyName());
        NoSuchBeanException missing = ObjectHelper.getException(NoSuchBeanException.class, failure);
        if (missing != null) {
            return new IllegalArgumentException(option + " names the bean '" + missing.getName()
                    + "', which does not exist; define a bean with that name and the type " + type.getSimpleName()
                    + ", or write the name of another bean, as #bean:name");
        }
        if (ObjectHelper.getException(NoTypeConversionAvailableException.class, failure) != null) {
            return new IllegalArgumentException(option + " does not name a bean of type " + type.getSimpleName()
                    + "; write the name of such a bean, as #bean:name");
        }
        return failure;
    }

    private static Map<String, Class<?>> types(PropertyConfigurerGetter options) {
        Map<String, Class<?>> types = new HashMap<>();
        for (Class<?> bean : BEANS) {
            for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(bean)) {
                Class<?> type = options.getOptionType(property.getName(), false);
                if (type != null) {
                    types.put(property.getName(), type);
                }
            }
        }
        return types;
    }

    /** Returns the values of all properties. An empty property counts as unset. */
    private Map<String, Object> values(OptionProperties properties, Map<String, Class<?>> types, CamelContext context) {
        Map<String, Object> values = new LinkedHashMap<>();
        types.forEach((option, type) -> put(values, properties, option, type));
        values.replaceAll((option, value) -> value instanceof Map<?, ?> map ? resolved(map, context) : value);
        return values;
    }

    /** Resolves Camel's placeholders in the values of a map, because Camel resolves them in texts only. */
    private static Map<String, String> resolved(Map<?, ?> map, CamelContext context) {
        Map<String, String> resolved = new LinkedHashMap<>();
        map.forEach((key, value) ->
                resolved.put(String.valueOf(key), context.resolvePropertyPlaceholders(String.valueOf(value))));
        return resolved;
    }

    private void put(Map<String, Object> values, OptionProperties properties, String option, Class<?> type) {
        for (ConfigurationPropertyName name : properties.of(option)) {
            BindResult<?> result = type == Map.class
                    ? map(properties, option, name)
                    : LISTS.contains(option) ? list(name) : binder.bind(name, Bindable.of(String.class));
            if (result.isBound() && !result.get().toString().isBlank() && values.put(option, result.get()) != null) {
                throw properties.twice(option);
            }
        }
    }

    private BindResult<?> map(OptionProperties properties, String option, ConfigurationPropertyName name) {
        BindResult<String> whole = binder.bind(name, Bindable.of(String.class));
        if (!hasParts(name)) {
            return whole;
        }
        if (whole.isBound() && !whole.get().isBlank()) {
            throw properties.twice(option);
        }
        return binder.bind(name, Bindable.mapOf(String.class, String.class));
    }

    private boolean hasParts(ConfigurationPropertyName name) {
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }

    private BindResult<String> list(ConfigurationPropertyName name) {
        return binder.bind(name, Bindable.listOf(String.class)).map(list -> String.join(",", list));
    }
}
