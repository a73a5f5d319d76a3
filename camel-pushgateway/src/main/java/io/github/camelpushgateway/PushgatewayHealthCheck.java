package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Asks the gateway of an endpoint, or each of several, whether it is ready, with the endpoint's credentials, prefix and TLS. */
final class PushgatewayHealthCheck extends AbstractHealthCheck {

    private final PushgatewayEndpoint endpoint;
    private final WritableHealthCheckRepository checks;

    PushgatewayHealthCheck(PushgatewayEndpoint endpoint, WritableHealthCheckRepository checks) {
        super("camel", "producer:pushgateway-" + endpoint.getId());
        this.endpoint = endpoint;
        this.checks = checks;
    }

    /** Makes the check known to Camel, which asks it only if checks of producers are turned on. */
    void register(boolean enabled) {
        setEnabled(enabled);
        checks.addHealthCheck(this);
    }

    void unregister() {
        checks.removeHealthCheck(this);
    }

    @Override
    public boolean isLiveness() {
        return false; // a gateway that is down is no reason to start an application anew
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("url", endpoint.getServiceUrl());
        try {
            builder.detail(
                    SERVICE_STATUS_CODE,
                    endpoint.gateways().ready().toCompletableFuture().get().statusCode());
            builder.up();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PushgatewayException failure) {
                builder.detail(SERVICE_STATUS_CODE, failure.getStatusCode());
                builder.message(failure.getMessage());
            }
            builder.error(e.getCause());
            builder.down();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            builder.unknown();
        }
    }
}
