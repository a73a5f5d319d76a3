package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushRequest;
import io.github.camelpushgateway.client.PushgatewayException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * One push, followed: the binding makes a request of the exchange, the client takes it to the gateway, and the binding
 * writes what came of it back.
 */
public class PushgatewayProducer extends DefaultAsyncProducer {

    private final ExchangeBinding binding;

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
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        getEndpoint()
                .client()
                .send(request)
                .whenCompleteAsync(
                        (response, failure) -> {
                            if (failure != null) {
                                exchange.setException(failure);
                            } else {
                                binding.respond(exchange, response);
                            }
                            callback.done(false);
                        },
                        getEndpoint().getComponent()::onWorker);
        return false;
    }
}
