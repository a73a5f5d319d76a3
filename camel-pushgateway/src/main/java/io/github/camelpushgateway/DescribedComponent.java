package io.github.camelpushgateway;

import org.apache.camel.spi.Metadata;
import org.apache.camel.support.HealthCheckComponent;

/** Component that overrides the setters of Camel's own options, because the metadata takes their descriptions from here. */
abstract class DescribedComponent extends HealthCheckComponent {

    @Override
    @Metadata(
            label = "consumer",
            description =
                    "Whether a failed poll creates an exchange that the error handler of the route handles. By default, the"
                            + " option exceptionHandler of the endpoint handles a failed poll.")
    public void setBridgeErrorHandler(boolean bridgeErrorHandler) {
        super.setBridgeErrorHandler(bridgeErrorHandler);
    }

    @Override
    @Metadata(
            label = "producer",
            description =
                    "Whether producers start with their first exchange instead of with their route. A failed start then"
                            + " fails the exchange instead of the route.")
    public void setLazyStartProducer(boolean lazyStartProducer) {
        super.setLazyStartProducer(lazyStartProducer);
    }

    @Override
    @Metadata(
            label = "advanced",
            defaultValue = "true",
            description =
                    "Whether Camel sets the autowired options of the component. The component has no such options.")
    public void setAutowiredEnabled(boolean autowiredEnabled) {
        super.setAutowiredEnabled(autowiredEnabled);
    }

    @Override
    @Metadata(
            label = "health",
            defaultValue = "true",
            description = "Whether the health checks of the consumers of this component are enabled.")
    public void setHealthCheckConsumerEnabled(boolean healthCheckConsumerEnabled) {
        super.setHealthCheckConsumerEnabled(healthCheckConsumerEnabled);
    }

    @Override
    @Metadata(
            label = "health",
            defaultValue = "true",
            description =
                    "Whether the health checks of the producers of this component are enabled. Camel calls them only with"
                            + " camel.health.producersEnabled=true.")
    public void setHealthCheckProducerEnabled(boolean healthCheckProducerEnabled) {
        super.setHealthCheckProducerEnabled(healthCheckProducerEnabled);
    }
}
