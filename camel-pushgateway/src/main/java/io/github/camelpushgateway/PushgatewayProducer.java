package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushRequest;
import io.github.camelpushgateway.client.PushResponse;
import io.github.camelpushgateway.client.PushgatewayException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
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

    private final PushgatewayHealthCheck healthCheck;

    PushgatewayProducer(PushgatewayEndpoint endpoint) {
        super(endpoint);
        binding = new ExchangeBinding(endpoint);
        healthCheck = new PushgatewayHealthCheck(endpoint);
    }

    @Override
    public PushgatewayEndpoint getEndpoint() {
        return (PushgatewayEndpoint) super.getEndpoint();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            push(binding.request(exchange))
                    .whenCompleteAsync(
                            (response, failure) -> {
                                settle(exchange, response, failure);
                                callback.done(false);
                            },
                            getEndpoint().getComponent().workers());
            return false;
        } catch (PushgatewayException e) {
            fail(exchange, e);
            callback.done(true);
            return true;
        }
    }

    /** Waits on the thread of the exchange, without using one of the workers: they may be waiting for others in turn. */
    @Override
    public void process(Exchange exchange) {
        try {
            PushRequest request = binding.request(exchange);
            try {
                binding.respond(exchange, push(request).toCompletableFuture().get());
            } catch (ExecutionException e) {
                settle(exchange, null, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(
                        exchange,
                        PushgatewayException.of(request, "was interrupted; whether it was done is not known", e));
            }
        } catch (PushgatewayException e) {
            fail(exchange, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    private CompletionStage<PushResponse> push(PushRequest request) throws PushgatewayException {
        try {
            SharedClients.Lease lease = getEndpoint().lease();
            CompletionStage<PushResponse> push = lease.client().send(request);
            push.whenComplete((response, failure) -> lease.close());
            return push;
        } catch (IllegalStateException e) {
            throw PushgatewayException.of(request, "was not sent, since " + e.getMessage(), e);
        }
    }

    private void settle(Exchange exchange, @Nullable PushResponse response, @Nullable Throwable failure) {
        if (response != null) {
            binding.respond(exchange, response);
        } else if (failure != null) {
            fail(exchange, failure);
        }
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
        healthCheck.register(getEndpoint().getComponent().isHealthCheckProducerEnabled());
    }

    @Override
    protected void doStop() throws Exception {
        healthCheck.unregister();
        super.doStop();
    }
}
