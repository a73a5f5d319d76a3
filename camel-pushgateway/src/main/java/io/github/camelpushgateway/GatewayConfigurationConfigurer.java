package io.github.camelpushgateway;

import io.github.camelpushgateway.options.CheckedConfigurer;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Sets the options of a {@link GatewayConfiguration} as the component's: by {@code camel.component.pushgateway.configuration.<option>}, or if it
 * is a bean. Camel finds this class by its name.
 */
public final class GatewayConfigurationConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {

    private static final Set<String> OF_COMPONENT = Set.of(
            "autowiredenabled",
            "bridgeerrorhandler",
            "camelcontext",
            "configuration",
            "healthcheckconsumerenabled",
            "healthcheckproducerenabled",
            "lazystartproducer",
            "useglobalsslcontextparameters");

    private final CheckedConfigurer component = new CheckedConfigurer(new PushgatewayComponentConfigurer());

    @Override
    public boolean configure(
            CamelContext context, Object configuration, String name, Object value, boolean ignoreCase) {
        return isOwn(name)
                && component.configure(context, holder((GatewayConfiguration) configuration), name, value, ignoreCase);
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return isOwn(name) ? component.getOptionType(name, ignoreCase) : null;
    }

    @Override
    public @Nullable Object getCollectionValueType(Object configuration, String name, boolean ignoreCase) {
        return component.getCollectionValueType(configuration, name, ignoreCase);
    }

    @Override
    public @Nullable Object getOptionValue(Object configuration, String name, boolean ignoreCase) {
        return isOwn(name)
                ? component.getOptionValue(holder((GatewayConfiguration) configuration), name, ignoreCase)
                : null;
    }

    private static boolean isOwn(String name) {
        return !OF_COMPONENT.contains(name.toLowerCase(Locale.ROOT));
    }

    private static PushgatewayComponent holder(GatewayConfiguration configuration) {
        PushgatewayComponent component = new PushgatewayComponent();
        component.setConfiguration(configuration);
        return component;
    }
}
