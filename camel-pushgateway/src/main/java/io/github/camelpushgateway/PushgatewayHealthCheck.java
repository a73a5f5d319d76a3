package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health check that requests the readiness of the gateway of an endpoint, or of each of several gateways. It uses the
 * credentials, the path prefix and the TLS settings of the endpoint.
 */
final class PushgatewayHealthCheck extends AbstractHealthCheck {

    private final PushgatewayEndpoint endpoint;
    private final WritableHealthCheckRepository checks;

    PushgatewayHealthCheck(PushgatewayEndpoint endpoint, WritableHealthCheckRepository checks) {
        super("camel", "producer:pushgateway-" + endpoint.getId());
        this.endpoint = endpoint;
        this.checks = checks;
    }

    /** Registers the check with Camel, which calls it only if health checks of producers are enabled. */
    void register(boolean enabled) {
        setEnabled(enabled);
        checks.addHealthCheck(this);
    }

    void unregister() {
        checks.removeHealthCheck(this);
    }

    @Override
    public boolean isLiveness() {
        // restarting the application does not help if the gateway is down
        return false;
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
