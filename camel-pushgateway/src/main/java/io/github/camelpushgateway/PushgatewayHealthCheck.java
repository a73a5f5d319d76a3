package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushgatewayException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Asks the gateway of an endpoint whether it is ready, with the endpoint's credentials, prefix and TLS. */
final class PushgatewayHealthCheck extends AbstractHealthCheck {

    private final PushgatewayEndpoint endpoint;

    PushgatewayHealthCheck(PushgatewayEndpoint endpoint, String id) {
        super("camel", "producer:pushgateway-" + id);
        this.endpoint = endpoint;
    }

    @Override
    public boolean isLiveness() {
        return false; // a gateway that is down is no reason to start an application anew
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("url", endpoint.getServiceUrl());
        try (SharedClients.Lease lease = endpoint.lease()) {
            builder.detail(
                    SERVICE_STATUS_CODE,
                    lease.client().ready().toCompletableFuture().get().statusCode());
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
