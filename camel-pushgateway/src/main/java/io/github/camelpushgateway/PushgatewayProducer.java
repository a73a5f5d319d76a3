package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.client.GatewayPool;
import io.github.camelpushgateway.report.ReportEndpoint.ReportedStart;
import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import io.github.camelpushgateway.report.RunOutcome;
import java.time.Duration;
import java.time.Instant;
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
 * Producer that sends one push for each exchange. The binding builds a request from the exchange, the client sends
 * the request to the gateway, and the binding writes the response to the exchange.
 */
public class PushgatewayProducer extends DefaultAsyncProducer implements RunReporter {

    private static final Logger LOG = LoggerFactory.getLogger(PushgatewayProducer.class);

    /**
     * The time after which the start of a run is reported. A shorter run is reported only at its end. Times are reported in
     * whole seconds, so a run that lasts longer always ends in a later second than it started.
     */
    private static final Duration START_DELAY = Duration.ofSeconds(1);

    private final ExchangeBinding binding;
    private final WaitingCallers callers;

    /** Set while the producer runs in an application with health checks. */
    @Nullable
    private PushgatewayHealthCheck healthCheck;

    PushgatewayProducer(PushgatewayEndpoint endpoint) {
        super(endpoint);
        binding = new ExchangeBinding(endpoint);
        callers = new WaitingCallers(endpoint.getCamelContext());
    }

    @Override
    public PushgatewayEndpoint getEndpoint() {
        return (PushgatewayEndpoint) super.getEndpoint();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            PushRequest request = request(exchange);
            if (request == null) {
                callback.done(true);
                return true;
            }
            boolean callerWaits = callers.waits();
            CompletableFuture<PushResponse> outcome =
                    send(request, callerWaits, exchange).toCompletableFuture();
            if (callerWaits && outcome.isDone()) {
                outcome.whenComplete((response, failure) -> settle(exchange, response, failure));
                callback.done(true);
                return true;
            }
            Thread caller = Thread.currentThread();
            callers.begin();
            outcome.whenComplete((response, failure) -> {
                callers.end(caller, exchange);
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

    /**
     * Sends the push and waits for the outcome on the thread of the exchange. No worker thread is used, because the
     * workers may wait for each other.
     */
    @Override
    public void process(Exchange exchange) {
        try {
            PushRequest request = request(exchange);
            if (request != null) {
                binding.respond(exchange, await(request, exchange));
            }
        } catch (Exception e) {
            fail(exchange, e);
        }
    }

    /** Returns the request to send, or null if the exchange is already complete. */
    private @Nullable PushRequest request(Exchange exchange) throws PushgatewayException {
        PushgatewayOperation operation = binding.operation(exchange);
        PushOperation push = operation.push();
        if (push != null) {
            return binding.request(push, exchange);
        }
        try {
            new QueryBinding(getEndpoint(), binding).execute(operation, exchange);
        } catch (PushgatewayException e) {
            // onPushFailure has no effect: the route would continue with a different body than requested
            exchange.setException(e);
        }
        return null;
    }

    /** Validates the options of the report of the start of runs. */
    void validateStart() {
        binding.validateStart();
    }

    @Override
    public ReportedStart start(Instant started, Exchange exchange) {
        if (!getEndpoint().getConfiguration().isReportStart()) {
            return ReportedStart.NONE;
        }
        try {
            return getEndpoint()
                    .gateways()
                    .sendLater(START_DELAY, binding.start(started, exchange), this::logFailedStart)::cancel;
        } catch (Throwable e) { // the run must continue, whatever an expression throws
            logFailedStart(e);
            return ReportedStart.NONE;
        }
    }

    private void logFailedStart(Throwable failure) {
        if (getEndpoint().getGateway().getOnPushFailure() != PushFailurePolicy.IGNORE) {
            LOG.warn("The start of a run is not reported: {}", failure.getMessage());
        }
        LOG.debug("The start of a run is not reported", failure);
    }

    @Override
    public RunOutcome outcome(Exchange exchange) {
        return binding.outcome(exchange);
    }

    /**
     * Sends a report and waits for the outcome, so that the reports of a repeating route cannot overtake each other.
     */
    @Override
    public void report(RunOutcome outcome, Exchange exchange) {
        try {
            await(binding.report(outcome, exchange), null);
        } catch (Exception e) {
            log(e, policy(e));
        }
    }

    /** Sends a request of an exchange, or of no exchange, which is not delivered again. */
    private CompletionStage<PushResponse> send(PushRequest request, boolean callerWaits, @Nullable Exchange exchange)
            throws PushgatewayException {
        try {
            GatewayPool gateways = getEndpoint().gateways();
            if (request.operation() == PushOperation.REPORT && request.accumulates()) {
                return getEndpoint().countedReports().send(request, gateways);
            }
            if (exchange != null && request.accumulates()) {
                boolean isRedelivered = getEndpoint().getGateway().getOnPushFailure() == PushFailurePolicy.FAIL;
                return AccumulatedPush.send(request, gateways, callerWaits, exchange, getEndpoint(), isRedelivered);
            }
            return gateways.send(request, callerWaits);
        } catch (IllegalStateException e) {
            throw PushgatewayException.of(request, "was not sent, because " + e.getMessage(), e);
        }
    }

    private PushResponse await(PushRequest request, @Nullable Exchange exchange) throws PushgatewayException {
        try {
            return Futures.await(send(request, false, exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PushgatewayException.of(request, "was interrupted; the outcome is unknown", e);
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

    /** Returns the policy for a failure. A failed report never fails the job. */
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
        LOG.debug("The route continues after this failed push", failure);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (checks != null) {
            // the library with its superclass may be missing if there are no health checks
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
