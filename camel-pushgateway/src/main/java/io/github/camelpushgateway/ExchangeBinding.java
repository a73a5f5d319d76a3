package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.LocalInstance;
import io.github.camelpushgateway.conversion.ExchangeCopies;
import io.github.camelpushgateway.metrics.GlobPattern;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import io.github.camelpushgateway.report.BatchReports;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Makes a request of an exchange, and writes the answer back. The body is only read. */
final class ExchangeBinding {

    private static final String UNKNOWN_ORIGIN =
            "it is unknown whether the run has failed: either the exchange began before the component pushgateway was created"
                    + " (set an option of the component, or name an endpoint of it in a route, so that it is created at start),"
                    + " or an aggregation strategy has returned a new exchange (return one of the exchanges, or a copy)";

    private final PushgatewayEndpoint endpoint;
    private final PushgatewayConfiguration configuration;
    private final JobBinding job;
    private final LabelOptions groupingKey;
    private final BatchReports batches;
    private final MetricsBinding metrics;
    private final LocalInstance instance;

    /** Returns the labels of the option {@code groupingKey}. */
    static LabelOptions groupingKey(CamelContext context, PushgatewayConfiguration configuration) {
        return new LabelOptions(
                context, configuration.isExpressions(), configuration.getGroupingKey(), configuration.getDataLabels());
    }

    ExchangeBinding(PushgatewayEndpoint endpoint) {
        this.endpoint = endpoint;
        configuration = endpoint.getConfiguration();
        instance = new LocalInstance(endpoint.getGateway().getUrl());
        job = new JobBinding(endpoint.getCamelContext(), configuration, endpoint.getJob());
        groupingKey = groupingKey(endpoint.getCamelContext(), configuration);
        batches = endpoint.batches();
        metrics = new MetricsBinding(endpoint.getCamelContext(), configuration);
    }

    /**
     * Returns what the exchange asks for.
     *
     * @throws PushgatewayException if there is no such operation
     */
    PushgatewayOperation operation(Exchange exchange) throws PushgatewayException {
        Message message = exchange.getMessage();
        // of an earlier push: it says nothing of this one
        message.removeHeader(PushgatewayConstants.RESPONSE_CODE);
        String header = message.getHeader(PushgatewayConstants.OPERATION, String.class);
        try {
            if (header == null) {
                return configuration.getOperation();
            }
            PushgatewayOperation operation = PushgatewayOperation.ofHeader(header);
            OperationRules.forProducer(operation, configuration);
            return operation;
        } catch (IllegalArgumentException e) {
            throw counted(PushgatewayException.refused(header, group(job.shown(message)), e));
        }
    }

    /**
     * Makes the request that the exchange asks for; none if it is a report of a batch of which more is to come.
     *
     * @throws PushgatewayException if there is nothing legal to send: nothing was sent then
     */
    @Nullable
    PushRequest request(PushOperation operation, Exchange exchange) throws PushgatewayException {
        return operation == PushOperation.REPORT ? report(exchange) : request(exchange.getMessage(), operation, null);
    }

    /**
     * Makes the selection of groups that the exchange asks for. No header has a say in what is deleted, and what an expression gives
     * stands for itself then.
     *
     * @throws PushgatewayException if there is no legal one
     */
    GroupFilter filter(PushgatewayOperation operation, Exchange exchange) throws PushgatewayException {
        boolean deletes = operation == PushgatewayOperation.SWEEP;
        Message message = exchange.getMessage();
        String group = group(deletes ? job.toString() : job.shown(message));
        try {
            GlobPattern jobs = deletes && !job.isConstant()
                    ? GlobPattern.exactly(job.ofUri(exchange))
                    : GlobPattern.of(deletes ? job.toString() : job.of(message));
            group = group(jobs.toString());
            Map<String, GlobPattern> labels =
                    deletes ? GroupPatterns.ofOptions(groupingKey, exchange) : GroupPatterns.of(keyLabels(message));
            if (deletes && configuration.isInstanceIp()) {
                labels.putIfAbsent(LocalInstance.LABEL, GlobPattern.exactly(instance.address()));
            }
            throwIfFailed(exchange);
            return new GroupFilter(jobs, new TreeMap<>(labels), configuration.getStaleAfter());
        } catch (IllegalArgumentException e) {
            throw PushgatewayException.refused(operation.toString(), group, e);
        } catch (Exception e) { // an expression may throw anything
            throw PushgatewayException.unreadable(operation.toString(), group, e);
        }
    }

    /**
     * Makes the report of a run that is over. Headers that another endpoint was meant to see have no say in it.
     *
     * @param exchange the last one of the run, which is only read
     */
    PushRequest report(RunOutcome outcome, Exchange exchange) throws PushgatewayException {
        Message message = ExchangeCopies.withoutFailure(exchange).getMessage();
        message.removeHeaders(PushgatewayConstants.PREFIX + "*");
        return request(message, PushOperation.REPORT, outcome);
    }

    private @Nullable PushRequest report(Exchange exchange) throws PushgatewayException {
        if (RunOutcome.isIdlePoll(exchange)) {
            return null;
        }
        if (!RunOutcome.isKnown(exchange)) {
            throw counted(PushgatewayException.refused(
                    PushOperation.REPORT.toString(),
                    group(job.shown(exchange.getMessage())),
                    new IllegalArgumentException(UNKNOWN_ORIGIN)));
        }
        RunOutcome outcome = outcomeSoFar(exchange);
        return outcome == null
                ? null
                : request(ExchangeCopies.withoutFailure(exchange).getMessage(), PushOperation.REPORT, outcome);
    }

    /** Returns how it went with that exchange. */
    RunOutcome outcome(Exchange exchange) {
        return metrics.outcome(exchange);
    }

    private PushRequest request(Message message, PushOperation operation, @Nullable RunOutcome outcome)
            throws PushgatewayException {
        Instant arrived = Instant.now();
        String group = group(job.shown(message));
        try {
            GroupingKey key = GroupingKey.of(job.of(message), keyLabels(message));
            group = key.toString();
            return switch (operation) {
                case PUSH, PUSHADD -> {
                    PushRequest push = new PushRequest(operation, key, metrics.read(message, arrived));
                    OperationRules.checkNotEmpty(push, configuration);
                    yield push;
                }
                case DELETE -> PushRequest.delete(key);
                case REPORT -> {
                    MetricSnapshots report = metrics.report(Objects.requireNonNull(outcome), message, arrived);
                    throwIfFailed(message.getExchange());
                    yield new PushRequest(operation, key, report);
                }
            };
        } catch (IllegalArgumentException e) {
            throw counted(PushgatewayException.refused(operation.toString(), group, e));
        } catch (Throwable e) { // an exchange must come back, whatever a collector or a bean has thrown
            throw counted(PushgatewayException.unreadable(operation.toString(), group, e));
        }
    }

    private PushgatewayException counted(PushgatewayException refusal) {
        endpoint.counters().rejected(refusal);
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
                && job.isConstantFor(message)
                && message.getHeader(PushgatewayConstants.GROUPING_KEY) == null;
        return oneGroup ? batches.add(outcome, exchange) : outcome;
    }

    /** An expression that fails gives nothing, and leaves its exception on the exchange. */
    private static void throwIfFailed(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private Map<String, String> keyLabels(Message message) throws IOException {
        if (message.getHeader(PushgatewayConstants.GROUPING_KEY) != null) {
            return LabelOptions.ofHeader(PushgatewayConstants.GROUPING_KEY, message);
        }
        Map<String, String> labels = groupingKey.of(message.getExchange());
        if (configuration.isInstanceIp() && !labels.containsKey(LocalInstance.LABEL)) {
            labels.put(LocalInstance.LABEL, instance.address());
        }
        return labels;
    }

    private static String group(String jobName) {
        return "{job=\"" + jobName + "\"}";
    }
}
