package io.github.camelpushgateway;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/** Sets options of the component, wherever they come from, once they are checked as those of an endpoint are. */
final class CheckedConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {

    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter options;

    /** @param configurer the one that is generated, which knows the options as well */
    CheckedConfigurer(PropertyConfigurer configurer) {
        this.configurer = configurer;
        options = (PropertyConfigurerGetter) configurer;
    }

    @Override
    public boolean configure(CamelContext context, Object component, String name, Object value, boolean ignoreCase) {
        OptionCheck.check(name, value);
        return configurer.configure(context, component, name, value, ignoreCase);
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
