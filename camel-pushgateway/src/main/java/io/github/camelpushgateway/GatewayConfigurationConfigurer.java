package io.github.camelpushgateway;

import io.github.camelpushgateway.options.CheckedConfigurer;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Configurer that sets the options of a {@link GatewayConfiguration} with the validation of the component's options.
 * Camel uses it for {@code camel.component.pushgateway.configuration.<option>} and for a configuration bean, and
 * finds the class by its name.
 */
public final class GatewayConfigurationConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {

    private static final Set<String> COMPONENT_OPTIONS = Set.of(
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
        return isGatewayOption(name)
                && component.configure(
                        context, componentWith((GatewayConfiguration) configuration), name, value, ignoreCase);
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return isGatewayOption(name) ? component.getOptionType(name, ignoreCase) : null;
    }

    @Override
    public @Nullable Object getCollectionValueType(Object configuration, String name, boolean ignoreCase) {
        return component.getCollectionValueType(configuration, name, ignoreCase);
    }

    @Override
    public @Nullable Object getOptionValue(Object configuration, String name, boolean ignoreCase) {
        return isGatewayOption(name)
                ? component.getOptionValue(componentWith((GatewayConfiguration) configuration), name, ignoreCase)
                : null;
    }

    private static boolean isGatewayOption(String name) {
        return !COMPONENT_OPTIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static PushgatewayComponent componentWith(GatewayConfiguration configuration) {
        PushgatewayComponent component = new PushgatewayComponent();
        component.setConfiguration(configuration);
        return component;
    }
}
