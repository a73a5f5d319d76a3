package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.StoredLabels;
import io.github.camelpushgateway.client.LocalInstance;
import io.github.camelpushgateway.conversion.ExchangeCopies;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.GlobPattern;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import io.github.camelpushgateway.report.RunOutcome;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Binding between an exchange and a push: it builds the request, and writes the response to the exchange. The body is
 * only read.
 */
final class ExchangeBinding {

    private static final String UNKNOWN_ORIGIN =
            "it is unknown whether the run has failed: either the exchange began before the component pushgateway was created"
                    + " (set an option of the component, or name an endpoint of it in a route, so that it is created at start),"
                    + " or an aggregation strategy has returned a new exchange (return one of the exchanges, or a copy)";

    private final PushgatewayEndpoint endpoint;
    private final PushgatewayConfiguration configuration;
    private final JobBinding job;
    private final LabelOptions groupingKey;
    private final MetricsBinding metrics;

    /** The escaping of names, or null if they must be classic. */
    @Nullable
    private final Escaping escaping;

    /** The instance to add to the grouping key, or null. */
    @Nullable
    private final LocalInstance instance;

    /** The key of the group, if it is the same for all exchanges and not escaped, after the first of them. */
    @Nullable
    private volatile GroupingKey constantKey;

    /** Returns the labels of the option {@code groupingKey}. */
    static LabelOptions groupingKey(CamelContext context, PushgatewayConfiguration configuration) {
        return new LabelOptions(
                context, configuration.isExpressions(), configuration.getGroupingKey(), configuration.getDataLabels());
    }

    /** Creates the binding of an endpoint. */
    ExchangeBinding(PushgatewayEndpoint endpoint) {
        this.endpoint = endpoint;
        configuration = endpoint.getConfiguration();
        instance = configuration.isInstanceIp()
                ? new LocalInstance(endpoint.getGateway().getUrl())
                : null;
        job = new JobBinding(endpoint.getCamelContext(), configuration, endpoint.getJob());
        groupingKey = groupingKey(endpoint.getCamelContext(), configuration);
        escaping = endpoint.getGateway().escaping();
        metrics = new MetricsBinding(endpoint.getCamelContext(), configuration, escaping);
    }

    /**
     * Returns the operation that the header or the option selects.
     *
     * @throws PushgatewayException if the operation is unknown, or a header must not select it
     */
    PushgatewayOperation operation(Exchange exchange) throws PushgatewayException {
        Message message = exchange.getMessage();
        // a status code of an earlier push does not apply to this one
        message.removeHeader(PushgatewayConstants.RESPONSE_CODE);
        String header = message.getHeader(PushgatewayConstants.OPERATION, String.class);
        try {
            if (header == null) {
                return configuration.getOperation();
            }
            PushgatewayOperation operation = PushgatewayOperation.ofHeader(header);
            OperationRules.validateForProducer(operation, configuration, escaping);
            return operation;
        } catch (IllegalArgumentException e) {
            throw recordRejection(PushgatewayException.rejected(header, group(job.describe(message)), e));
        }
    }

    /**
     * Builds the request of an exchange. Returns null for an exchange of a batch whose report is sent with a later
     * exchange.
     *
     * @throws PushgatewayException if no valid request can be built; nothing was sent then
     */
    @Nullable
    PushRequest request(PushOperation operation, Exchange exchange) throws PushgatewayException {
        return operation == PushOperation.REPORT ? report(exchange) : request(exchange.getMessage(), operation, null);
    }

    /**
     * Builds the filter of an operation on several groups. For a sweep, headers have no effect, and the result of an
     * expression is matched literally.
     *
     * @throws PushgatewayException if no valid filter can be built
     */
    GroupFilter filter(PushgatewayOperation operation, Exchange exchange) throws PushgatewayException {
        boolean deletes = operation == PushgatewayOperation.SWEEP;
        Message message = exchange.getMessage();
        String group = group(deletes ? job.toString() : job.describe(message));
        try {
            GlobPattern jobs = deletes && !job.isConstant()
                    ? GlobPattern.exactly(job.ofUri(exchange))
                    : GlobPattern.of(deletes ? job.toString() : job.of(message));
            group = group(jobs.toString());
            Map<String, GlobPattern> labels =
                    deletes ? GroupPatterns.ofOptions(groupingKey, exchange) : GroupPatterns.of(keyLabels(message));
            if (deletes && instance != null) {
                labels.putIfAbsent(LocalInstance.LABEL, GlobPattern.exactly(instance.address()));
            }
            throwIfFailed(exchange);
            if (escaping != null && !isStoredKey(message)) {
                labels = new PushNames(escaping).existingKey(labels);
            }
            return new GroupFilter(jobs, new TreeMap<>(labels), configuration.minimumAge(escaping));
        } catch (IllegalArgumentException e) {
            throw PushgatewayException.rejected(operation.toString(), group, e);
        } catch (Exception e) {
            // an expression may throw any exception
            throw PushgatewayException.unreadable(operation.toString(), group, e);
        }
    }

    /**
     * Builds the report of a completed run. Headers for other endpoints have no effect on it.
     *
     * @param exchange the last exchange of the run, which is only read
     */
    PushRequest report(RunOutcome outcome, Exchange exchange) throws PushgatewayException {
        Message message = ExchangeCopies.withoutFailure(exchange).getMessage();
        message.removeHeaders(PushgatewayConstants.PREFIX + "*");
        return request(message, PushOperation.REPORT, outcome);
    }

    /**
     * Builds the report of the start of a run. The group is the same for all exchanges.
     *
     * @param exchange the first exchange of the run, which is only read
     * @return supplies the request, and may block to determine the address of this machine
     */
    Supplier<PushRequest> start(Instant started, Exchange exchange) {
        PushNames names = names();
        Map<String, String> keyLabels = groupingKey.example();
        Map<String, String> escapedLabels = names == null ? keyLabels : names.key(keyLabels);
        MetricSnapshots start = metrics.start(started, exchange, names);
        return () -> {
            Map<String, String> labels = new LinkedHashMap<>(escapedLabels);
            if (instance != null) {
                labels.putIfAbsent(LocalInstance.LABEL, instance.address());
            }
            return new PushRequest(PushOperation.REPORT, GroupingKey.of(job.example(), labels), start);
        };
    }

    /**
     * Validates that the group is the same for all exchanges if the start of runs is reported.
     *
     * @throws IllegalArgumentException if it depends on the exchange
     */
    void validateStart() {
        if (configuration.isReportStart() && !(job.isConstant() && groupingKey.isConstant())) {
            throw new IllegalArgumentException(
                    "reportStart requires a job and a groupingKey without expressions, because"
                            + " an expression may have another result at the end of a run than at its start; remove the"
                            + " expressions, or remove reportStart");
        }
    }

    private @Nullable PushRequest report(Exchange exchange) throws PushgatewayException {
        if (RunOutcome.isIdlePoll(exchange)) {
            return null;
        }
        if (!RunOutcome.isKnown(exchange)) {
            throw recordRejection(PushgatewayException.rejected(
                    PushOperation.REPORT.toString(),
                    group(job.describe(exchange.getMessage())),
                    new IllegalArgumentException(UNKNOWN_ORIGIN)));
        }
        RunOutcome outcome = batchOutcome(exchange);
        return outcome == null
                ? null
                : request(ExchangeCopies.withoutFailure(exchange).getMessage(), PushOperation.REPORT, outcome);
    }

    /** Returns the outcome of the run of an exchange. */
    RunOutcome outcome(Exchange exchange) {
        return metrics.outcome(exchange);
    }

    private PushRequest request(Message message, PushOperation operation, @Nullable RunOutcome outcome)
            throws PushgatewayException {
        long arrivedMillis = System.currentTimeMillis();
        GroupingKey key = null;
        try {
            PushNames names = names();
            key = key(message, operation, names);
            return switch (operation) {
                case PUSH, PUSHADD -> {
                    PushRequest push = new PushRequest(operation, key, metrics.read(message, arrivedMillis, names));
                    OperationRules.validateNotEmpty(push, configuration);
                    yield push;
                }
                case ACCUMULATE -> {
                    PushRequest push = PushRequest.accumulate(key, metrics.read(message, arrivedMillis, names));
                    OperationRules.validateNotEmpty(push, configuration);
                    yield push;
                }
                case DELETE -> PushRequest.delete(key);
                case REPORT -> {
                    MetricsBinding.Report report = metrics.report(
                            Objects.requireNonNull(outcome), message, Instant.ofEpochMilli(arrivedMillis), names);
                    throwIfFailed(message.getExchange());
                    yield new PushRequest(operation, key, report.gauges(), report.increments());
                }
            };
        } catch (IllegalArgumentException e) {
            throw recordRejection(PushgatewayException.rejected(operation.toString(), group(key, message), e));
        } catch (Throwable e) {
            // the exchange must continue, whatever a collector or a bean throws
            throw recordRejection(PushgatewayException.unreadable(operation.toString(), group(key, message), e));
        }
    }

    private PushgatewayException recordRejection(PushgatewayException rejection) {
        endpoint.statistics().rejected(rejection);
        return rejection;
    }

    /** Writes the status code of a successful response to the exchange. */
    void respond(Exchange exchange, PushResponse response) {
        exchange.getMessage().setHeader(PushgatewayConstants.RESPONSE_CODE, response.statusCode());
    }

    /**
     * Returns the outcome of the batch so far, or null if more exchanges follow. Only a constant group gets one
     * report for the whole batch: reports to groups that depend on the exchange do not belong to one run of one job.
     */
    private @Nullable RunOutcome batchOutcome(Exchange exchange) {
        Message message = exchange.getMessage();
        RunOutcome outcome = metrics.outcome(exchange);
        return isConstantGroup(message) ? endpoint.batches().add(outcome, exchange) : outcome;
    }

    /**
     * Throws the exception of a failed expression. Such an expression returns null and stores its exception on the
     * exchange.
     */
    private static void throwIfFailed(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    private @Nullable PushNames names() {
        return escaping == null ? null : new PushNames(escaping);
    }

    private GroupingKey key(Message message, PushOperation operation, @Nullable PushNames names) throws IOException {
        if (names == null) {
            return key(message, operation);
        }
        Map<String, String> labels = keyLabels(message);
        if (isStoredKey(message)) {
            return GroupingKey.of(job.of(message), labels);
        }
        return GroupingKey.of(
                job.of(message), operation == PushOperation.DELETE ? names.existingKey(labels) : names.key(labels));
    }

    /** Returns whether the header contains the labels of a group that was read from a gateway. */
    private static boolean isStoredKey(Message message) {
        return message.getHeader(PushgatewayConstants.GROUPING_KEY) instanceof StoredLabels;
    }

    private GroupingKey key(Message message, PushOperation operation) throws IOException {
        if (operation != PushOperation.DELETE && message.getHeader(PushgatewayConstants.GROUPING_KEY) != null) {
            Map<String, String> labels = keyLabels(message);
            labels.keySet().forEach(LabelRules::validateName);
            return GroupingKey.of(job.of(message), labels);
        }
        if (instance != null || !isConstantGroup(message)) {
            return GroupingKey.of(job.of(message), keyLabels(message));
        }
        GroupingKey known = constantKey;
        if (known == null) {
            known = GroupingKey.of(job.of(message), keyLabels(message));
            constantKey = known;
        }
        return known;
    }

    /** Returns whether the group of this exchange is the same for all exchanges. */
    private boolean isConstantGroup(Message message) {
        return groupingKey.isConstant()
                && job.isConstantFor(message)
                && message.getHeader(PushgatewayConstants.GROUPING_KEY) == null;
    }

    private Map<String, String> keyLabels(Message message) throws IOException {
        if (message.getHeader(PushgatewayConstants.GROUPING_KEY) != null) {
            return LabelOptions.ofHeader(PushgatewayConstants.GROUPING_KEY, message);
        }
        Map<String, String> labels = groupingKey.of(message.getExchange());
        if (instance != null && !labels.containsKey(LocalInstance.LABEL)) {
            labels.put(LocalInstance.LABEL, instance.address());
        }
        return labels;
    }

    private String group(@Nullable GroupingKey key, Message message) {
        return key == null ? group(job.describe(message)) : key.toString();
    }

    private static String group(String jobName) {
        return "{job=\"" + jobName + "\"}";
    }
}
