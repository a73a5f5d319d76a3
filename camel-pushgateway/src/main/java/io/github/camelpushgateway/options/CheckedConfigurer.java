package io.github.camelpushgateway.options;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/** Configurer of the component that validates options from any source and parses their text as for an endpoint. */
public final class CheckedConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {

    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter options;

    /**
     * Wraps the generated configurer.
     *
     * @param configurer the generated configurer, which also knows the types of the options
     */
    public CheckedConfigurer(PropertyConfigurer configurer) {
        this.configurer = configurer;
        options = (PropertyConfigurerGetter) configurer;
    }

    /** Sets an option. A blank text leaves the option unset. */
    @Override
    public boolean configure(CamelContext context, Object component, String name, Object value, boolean ignoreCase) {
        Class<?> type = options.getOptionType(name, ignoreCase);
        if (type != null && value instanceof String text && text.isBlank()) {
            return true;
        }
        // httpHeader is the only option of the component that is a map
        Object read = type == Map.class && value instanceof String text && !text.startsWith("#")
                ? HttpHeaderOption.read(text)
                : OptionReader.read(name, value, type);
        return configurer.configure(context, component, name, read, ignoreCase);
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return options.getOptionType(name, ignoreCase);
    }

    @Override
    public String[] getAutowiredNames() {
        return options.getAutowiredNames();
    }

    @Override
    public @Nullable Object getCollectionValueType(Object component, String name, boolean ignoreCase) {
        return options.getCollectionValueType(component, name, ignoreCase);
    }

    @Override
    public @Nullable Object getOptionValue(Object component, String name, boolean ignoreCase) {
        return options.getOptionValue(component, name, ignoreCase);
    }
}
