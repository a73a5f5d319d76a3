package io.github.camelpushgateway;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Sets options of the component, wherever they come from, once they are checked as those of an endpoint are. */
final class CheckedConfigurer extends PushgatewayComponentConfigurer {

    @Override
    public boolean configure(
            CamelContext context, Object component, String name, @Nullable Object value, boolean ignoreCase) {
        OptionCheck.check(name, value);
        return super.configure(context, component, name, value, ignoreCase);
    }
}
