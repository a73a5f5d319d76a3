package io.github.camelpushgateway.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spring.boot.CamelContextConfiguration;

/**
 * Creation of the component, with its options, before any route needs it, so that an invalid option fails the start
 * with the first error message.
 */
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
