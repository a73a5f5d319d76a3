package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import io.github.camelpushgateway.report.RunOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
public class PushgatewayProducer extends DefaultAsyncProducer implements RunReporter {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayProducer.class);

    private final ExchangeBinding binding;
    private final QueryBinding queries;
    private final WaitingCallers callers;

    /** As long as it runs, in an application that has health checks. */
    @Nullable
    private PushgatewayHealthCheck healthCheck;

    PushgatewayProducer(PushgatewayEndpoint endpoint) {
        super(endpoint);
        binding = new ExchangeBinding(endpoint);
        queries = new QueryBinding(endpoint, binding);
        callers = new WaitingCallers(endpoint.getCamelContext());
    }

    @Override
    public PushgatewayEndpoint getEndpoint() {
        return (PushgatewayEndpoint) super.getEndpoint();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows an outcome has none of its own
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            PushRequest request = request(exchange);
            if (request == null) {
                callback.done(true);
                return true;
            }
            boolean callerWaits = callers.waits();
            CompletableFuture<PushResponse> outcome = send(request, callerWaits).toCompletableFuture();
            if (callerWaits && outcome.isDone()) {
                outcome.whenComplete((response, failure) -> settle(exchange, response, failure));
                callback.done(true);
                return true;
            }
            Thread caller = Thread.currentThread();
            callers.begin();
            outcome.whenComplete((response, failure) -> {
                callers.end(caller);
                settle(exchange, response, failure);
                callback.done(false);
            });
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
            PushRequest request = request(exchange);
            if (request != null) {
                binding.respond(exchange, await(request));
            }
        } catch (Exception e) {
            fail(exchange, e);
        }
    }

    /** Returns what is to be sent; nothing if the exchange is dealt with already. */
    private @Nullable PushRequest request(Exchange exchange) throws PushgatewayException {
        PushgatewayOperation operation = binding.operation(exchange);
        PushOperation push = operation.push();
        if (push != null) {
            return binding.request(push, exchange);
        }
        try {
            queries.carryOut(operation, exchange);
        } catch (PushgatewayException e) {
            // whatever onPushFailure says: the route would go on with another body than it asked for
            exchange.setException(e);
        }
        return null;
    }

    @Override
    public RunOutcome outcome(Exchange exchange) {
        return binding.outcome(exchange);
    }

    /** Waits, so that the reports of a route that runs again and again cannot overtake each other. */
    @Override
    public void report(RunOutcome outcome, Exchange exchange) {
        try {
            await(binding.report(outcome, exchange));
        } catch (Exception e) {
            log(e, policy(e));
        }
    }

    private CompletionStage<PushResponse> send(PushRequest request, boolean callerWaits) throws PushgatewayException {
        try {
            return getEndpoint().gateways().send(request, callerWaits);
        } catch (IllegalStateException e) {
            throw PushgatewayException.of(request, "was not sent, since " + e.getMessage(), e);
        }
    }

    private PushResponse await(PushRequest request) throws PushgatewayException {
        try {
            return Futures.await(send(request, false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PushgatewayException.of(request, "was interrupted; whether it was done is not known", e);
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
        PushFailurePolicy policy = policy(failure);
        if (policy == PushFailurePolicy.FAIL) {
            exchange.setException(failure);
        } else {
            log(failure, policy);
        }
    }

    /** A job must not fail for its report. */
    private PushFailurePolicy policy(Throwable failure) {
        PushFailurePolicy policy = getEndpoint().getGateway().getOnPushFailure();
        boolean report = failure instanceof PushgatewayException push
                && push.getOperation().equals(PushOperation.REPORT.toString());
        return report && policy == PushFailurePolicy.FAIL ? PushFailurePolicy.WARN : policy;
    }

    private static void log(Throwable failure, PushFailurePolicy policy) {
        if (policy != PushFailurePolicy.IGNORE) {
            LOG.warn("{}", failure.getMessage());
        }
        LOG.debug("The route goes on after this failure to push", failure);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null) {
            // its superclass is in a library that may be missing where there are no checks
            healthCheck = new PushgatewayHealthCheck(getEndpoint(), checks);
            healthCheck.register(getEndpoint().getComponent().isHealthCheckProducerEnabled());
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            healthCheck.unregister();
            healthCheck = null;
        }
        super.doStop();
    }
}
