package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushRequest;
import io.github.camelpushgateway.client.PushgatewayException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One push, followed: the binding makes a request of the exchange, the client takes it to the gateway, and the binding
 * writes what came of it back.
 */
public class PushgatewayProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayProducer.class);

    private final ExchangeBinding binding;

    @Nullable
    private PushgatewayHealthCheck healthCheck;

    PushgatewayProducer(PushgatewayEndpoint endpoint) {
        super(endpoint);
        binding = new ExchangeBinding(endpoint);
    }

    @Override
    public PushgatewayEndpoint getEndpoint() {
        return (PushgatewayEndpoint) super.getEndpoint();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        PushRequest request;
        try {
            request = binding.request(exchange);
        } catch (PushgatewayException e) {
            fail(exchange, e);
            callback.done(true);
            return true;
        }
        getEndpoint()
                .client()
                .send(request)
                .whenCompleteAsync(
                        (response, failure) -> {
                            if (failure != null) {
                                fail(exchange, failure);
                            } else {
                                binding.respond(exchange, response);
                            }
                            callback.done(false);
                        },
                        getEndpoint().getComponent().workers());
        return false;
    }

    private void fail(Exchange exchange, Throwable failure) {
        switch (getEndpoint().getGateway().getOnPushFailure()) {
            case FAIL -> exchange.setException(failure);
            case WARN -> {
                LOG.warn("{}", failure.getMessage());
                LOG.debug("The route goes on after this failure to push", failure);
            }
            case IGNORE -> LOG.debug("The route goes on after this failure to push", failure);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null) {
            healthCheck =
                    new PushgatewayHealthCheck(getEndpoint(), getEndpoint().getId());
            healthCheck.setEnabled(getEndpoint().getComponent().isHealthCheckProducerEnabled());
            checks.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null && healthCheck != null) {
            checks.removeHealthCheck(healthCheck);
            healthCheck = null;
        }
        super.doStop();
    }
}
