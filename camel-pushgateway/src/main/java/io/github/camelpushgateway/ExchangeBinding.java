package io.github.camelpushgateway;

import io.github.camelpushgateway.client.GatewayUrl;
import io.github.camelpushgateway.client.GroupingKey;
import io.github.camelpushgateway.client.InstanceAddress;
import io.github.camelpushgateway.client.PushOperation;
import io.github.camelpushgateway.client.PushRequest;
import io.github.camelpushgateway.client.PushResponse;
import io.github.camelpushgateway.client.PushgatewayException;
import io.github.camelpushgateway.metrics.LabelPairs;
import io.github.camelpushgateway.report.BatchReports;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Makes a request of an exchange, and writes the answer back. The body is only read. */
final class ExchangeBinding {

    private static final String INSTANCE = "instance";

    private final PushgatewayEndpoint endpoint;
    private final PushgatewayConfiguration configuration;
    private final GatewayConfiguration gateway;
    private final String job;
    private final LabelOptions groupingKey;
    private final BatchReports batches;
    private final MetricsBinding metrics;

    /** Found when it is first needed, and then kept: a gateway whose host is not known yet must not keep a route from starting. */
    @Nullable
    private volatile String instance;

    ExchangeBinding(PushgatewayEndpoint endpoint) {
        this.endpoint = endpoint;
        configuration = endpoint.getConfiguration();
        gateway = endpoint.getGateway();
        job = endpoint.getJob();
        groupingKey = LabelOptions.ofGroupingKey(endpoint.getCamelContext(), configuration);
        batches = endpoint.batches();
        metrics = new MetricsBinding(endpoint.getCamelContext(), configuration);
    }

    /**
     * Makes the request that the exchange asks for; none if it is a report of a batch of which more is to come.
     *
     * @throws PushgatewayException if there is nothing legal to send: nothing was sent then
     */
    @Nullable
    PushRequest request(Exchange exchange) throws PushgatewayException {
        Message message = exchange.getMessage();
        // of an earlier push: it says nothing of this one
        message.removeHeader(PushgatewayConstants.RESPONSE_CODE);
        String operation = header(message, PushgatewayConstants.OPERATION, configuration.getOperation());
        return PushOperation.REPORT.toString().equalsIgnoreCase(operation.strip())
                ? report(exchange, operation)
                : request(message, operation, null);
    }

    /**
     * Makes the report of a run that is over. Headers that another endpoint was meant to see have no say in it.
     *
     * @param exchange the last one of the run, which is only read
     */
    PushRequest report(RunOutcome outcome, Exchange exchange) throws PushgatewayException {
        Message message = ExchangeCopies.withoutFailure(exchange).getMessage();
        message.removeHeaders(PushgatewayConstants.PREFIX + "*");
        return request(message, PushOperation.REPORT.toString(), outcome);
    }

    private @Nullable PushRequest report(Exchange exchange, String operation) throws PushgatewayException {
        // not yet, if it is a header that asks for reports
        endpoint.getComponent().failureSigns().watch(exchange.getContext());
        RunOutcome outcome = outcomeSoFar(exchange);
        return outcome == null
                ? null
                : request(ExchangeCopies.withoutFailure(exchange).getMessage(), operation, outcome);
    }

    /** Returns how it went with that exchange. */
    RunOutcome outcome(Exchange exchange) {
        return metrics.outcome(exchange);
    }

    private PushRequest request(Message message, String operationName, @Nullable RunOutcome outcome)
            throws PushgatewayException {
        Instant arrived = Instant.now();
        String jobName = header(message, PushgatewayConstants.JOB, job);
        String group = "{job=\"" + jobName + "\"}";
        try {
            PushOperation operation = PushOperation.parse(operationName);
            operationName = operation.toString();
            GroupingKey key = GroupingKey.of(jobName, keyLabels(message));
            group = key.toString();
            return switch (operation) {
                case PUSH, PUSHADD -> notEmpty(new PushRequest(operation, key, metrics.read(message, arrived)));
                case DELETE -> PushRequest.delete(key);
                case REPORT -> {
                    MetricSnapshots report = metrics.report(Objects.requireNonNull(outcome), message, arrived);
                    throwIfFailed(message.getExchange());
                    yield new PushRequest(operation, key, report);
                }
            };
        } catch (IllegalArgumentException e) {
            throw counted(PushgatewayException.refused(operationName, group, e));
        } catch (Throwable e) { // an exchange must come back, whatever a collector or a bean has thrown
            throw counted(PushgatewayException.unreadable(operationName, group, e));
        }
    }

    private PushgatewayException counted(PushgatewayException refusal) {
        endpoint.counters().refused(refusal);
        return refusal;
    }

    void respond(Exchange exchange, PushResponse response) {
        exchange.getMessage().setHeader(PushgatewayConstants.RESPONSE_CODE, response.statusCode());
    }

    /** One group gets one report of a batch; what goes to groups that depend on the exchange is not one run of one job. */
    private @Nullable RunOutcome outcomeSoFar(Exchange exchange) {
        Message message = exchange.getMessage();
        RunOutcome outcome = metrics.outcome(exchange);
        boolean oneGroup = groupingKey.isConstant()
                && message.getHeader(PushgatewayConstants.JOB) == null
                && message.getHeader(PushgatewayConstants.GROUPING_KEY) == null;
        return oneGroup ? batches.add(outcome, exchange) : outcome;
    }

    /** An expression that fails gives nothing, and leaves its exception on the exchange, which is a copy here. */
    private static void throwIfFailed(Exchange copy) throws Exception {
        if (copy.getException() != null) {
            throw copy.getException();
        }
    }

    private Map<String, String> keyLabels(Message message) {
        Object header = message.getHeader(PushgatewayConstants.GROUPING_KEY);
        if (header != null) {
            return LabelPairs.read(header);
        }
        Map<String, String> labels = groupingKey.of(message.getExchange());
        if (configuration.isInstanceIp() && !labels.containsKey(INSTANCE)) {
            labels.put(INSTANCE, instance());
        }
        return labels;
    }

    /** Towards the first of several gateways: which one gets a push depends on its group, of which this is a part. */
    private String instance() {
        String known = instance;
        if (known == null) {
            try {
                known = InstanceAddress.towards(
                        GatewayUrl.parseAll(gateway.getUrl()).get(0));
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            instance = known;
        }
        return known;
    }

    private PushRequest notEmpty(PushRequest request) {
        if (request.isEmpty() && !configuration.isAllowEmpty()) {
            String filter = configuration.getMetricFilter();
            throw new IllegalArgumentException("there is no metric to send"
                    + (filter == null ? "" : " that metricFilter=" + filter + " lets through")
                    + (request.operation() == PushOperation.PUSH ? ", and an empty push would clear the group" : "")
                    + "; give a body or metricName, or set allowEmpty=true if that is meant");
        }
        return request;
    }

    private static String header(Message message, String name, Object option) {
        String header = message.getHeader(name, String.class);
        return header == null ? option.toString() : header;
    }
}
