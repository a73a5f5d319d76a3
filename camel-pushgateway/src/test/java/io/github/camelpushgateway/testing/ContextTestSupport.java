package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.GatewayConfiguration;
import io.github.camelpushgateway.PushgatewayComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;

/**
 * Base class of tests with one Camel context per test method. The context starts before the test, without JMX. A test
 * class changes this in {@link #configureTest}.
 */
public abstract class ContextTestSupport extends CamelTestSupport {

    /** Prepares the context before it starts. */
    protected void prepare(CamelContext context) throws Exception {}

    /** Returns the options of the component in a context. */
    protected static GatewayConfiguration gatewayOptions(CamelContext context) {
        return context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        prepare(context);
        return context;
    }

    /** Stops the context before the servers of a test, and before the extensions of a test end. */
    @Override
    protected void cleanupResources() throws Exception {
        if (context != null) {
            context.stop();
        }
    }
}
