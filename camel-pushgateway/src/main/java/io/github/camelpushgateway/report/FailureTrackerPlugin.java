package io.github.camelpushgateway.report;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Tracks failures from the start of a Camel context on, so that they are known when a route names the component for the first time while
 * an exchange is under way, as {@code recipientList} does. Where no plugin is loaded, the component tracks them from its creation on.
 */
public final class FailureTrackerPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext camelContext) {
        FailureTracker.install(camelContext);
    }
}
