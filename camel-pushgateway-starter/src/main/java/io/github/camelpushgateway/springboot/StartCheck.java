package io.github.camelpushgateway.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/** Makes the component, with its options, before a route needs it: a typing error fails the start, and is what is said first. */
final class StartCheck implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        try {
            context.getComponent("pushgateway");
        } catch (RuntimeCamelException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            if (root instanceof IllegalArgumentException) {
                throw new IllegalArgumentException(
                        PushgatewayAutoConfiguration.COMPONENT + ": " + root.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}
}
