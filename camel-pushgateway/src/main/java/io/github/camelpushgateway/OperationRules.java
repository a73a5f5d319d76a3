package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.StaleAfter;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the options of each operation. They reject combinations that have no effect or are likely to be mistakes.
 */
final class OperationRules {

    /**
     * Operations that accept the options of a push. A delete accepts them because a route can read its operation from a
     * property, and is then the same for a push and a delete.
     */
    private static final Set<PushgatewayOperation> PUSH_OPERATIONS = EnumSet.of(
            PushgatewayOperation.PUSH,
            PushgatewayOperation.PUSHADD,
            PushgatewayOperation.ACCUMULATE,
            PushgatewayOperation.DELETE);

    /** Operations that accept the options of a push or a report. */
    private static final Set<PushgatewayOperation> METRIC_OPERATIONS = EnumSet.of(
            PushgatewayOperation.PUSH,
            PushgatewayOperation.PUSHADD,
            PushgatewayOperation.ACCUMULATE,
            PushgatewayOperation.DELETE,
            PushgatewayOperation.REPORT);

    /** Operations that select groups. */
    private static final Set<PushgatewayOperation> SELECTION_OPERATIONS =
            EnumSet.of(PushgatewayOperation.GROUPS, PushgatewayOperation.SWEEP);

    /**
     * Operations that accept each option. The set is empty for an option that only consumers accept. An option that is
     * not listed has an effect on every operation, or has a separate rule with a more specific message.
     */
    private static final Map<String, Set<PushgatewayOperation>> OPERATIONS_BY_OPTION = Map.ofEntries(
            Map.entry("metricName", METRIC_OPERATIONS),
            Map.entry("metricValue", METRIC_OPERATIONS),
            Map.entry("metricHelp", PUSH_OPERATIONS),
            Map.entry("metricType", PUSH_OPERATIONS),
            Map.entry("labels", METRIC_OPERATIONS),
            Map.entry("gaugeHeaders", METRIC_OPERATIONS),
            Map.entry("registry", METRIC_OPERATIONS),
            Map.entry("metricFilter", METRIC_OPERATIONS),
            Map.entry("allowEmpty", PUSH_OPERATIONS),
            Map.entry("records", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("recordsFailed", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("reportStart", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("reportCounters", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("reportInterval", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry(
                    "reportPrefix",
                    EnumSet.of(PushgatewayOperation.REPORT, PushgatewayOperation.GROUPS, PushgatewayOperation.SWEEP)),
            Map.entry("staleAfter", SELECTION_OPERATIONS),
            Map.entry("dryRun", SELECTION_OPERATIONS),
            Map.entry("sweepAll", EnumSet.of(PushgatewayOperation.SWEEP)),
            Map.entry("newlyStaleOnly", EnumSet.noneOf(PushgatewayOperation.class)),
            Map.entry("maxMessagesPerPoll", EnumSet.noneOf(PushgatewayOperation.class)));

    private static final Set<String> CONSUMER_OPTIONS =
            Set.of("staleAfter", "reportPrefix", "newlyStaleOnly", "maxMessagesPerPoll");

    private OperationRules() {}

    /**
     * Validates the combination of options, independent of how the endpoint is used.
     *
     * @throws IllegalArgumentException if the options contradict each other
     */
    static void validate(JobBinding job, PushgatewayConfiguration configuration) {
        PushgatewayOperation operation = configuration.getOperation();
        if (configuration.getStaleAfter() != null) {
            // for each operation, because a header may set operation=groups
            filter(job, configuration);
        }
        if (operation == PushgatewayOperation.SWEEP
                && filter(job, configuration).isEverything()
                && !configuration.isInstanceIp()
                && !configuration.isSweepAll()
                && !configuration.isDryRun()) {
            throw new IllegalArgumentException("this sweep would delete all groups of all jobs; select jobs with a"
                    + " pattern such as pushgateway:tmp-*, labels with groupingKey, or an age with staleAfter; or set"
                    + " sweepAll=true to allow it");
        }
        if (operation == PushgatewayOperation.WIPE
                && !(job.toString().equals("*")
                        && configuration.getGroupingKey().isEmpty()
                        && configuration.getStaleAfter() == null)) {
            throw new IllegalArgumentException("operation=wipe deletes all groups of all jobs and cannot select groups;"
                    + " write pushgateway:*?operation=wipe without groupingKey and staleAfter, or use operation=sweep");
        }
    }

    private static GroupFilter filter(JobBinding job, PushgatewayConfiguration configuration) {
        return GroupFilter.of(
                job.example(),
                GroupPatterns.of(LabelOptions.texts(configuration.getGroupingKey())),
                configuration.minimumAge());
    }

    /**
     * Validates that each option of a producer has an effect.
     *
     * @param escaping the escaping of names, or null
     * @throws IllegalArgumentException if an option belongs to other operations or to a consumer
     */
    static void validateProducerOptions(PushgatewayConfiguration configuration, @Nullable Escaping escaping) {
        PushgatewayOperation operation = configuration.getOperation();
        for (String option : configuration.getOptionNames()) {
            Set<PushgatewayOperation> supported = OPERATIONS_BY_OPTION.get(optionOf(option));
            if (supported != null && !supported.contains(operation)) {
                throw new IllegalArgumentException(option + " has no effect with operation=" + operation + "; remove it"
                        + (supported.isEmpty() ? ", or use it with a consumer" : orUse(supported)));
            }
        }
        if (operation != PushgatewayOperation.REPORT) {
            validatePrefix(configuration, escaping);
        }
    }

    /**
     * Validates that each option has an effect on a step of a route, which runs after the run has begun.
     *
     * @throws IllegalArgumentException if an option belongs to a route policy
     */
    static void validateStepOptions(PushgatewayConfiguration configuration) {
        if (configuration.isReportStart()) {
            throw new IllegalArgumentException(
                    "reportStart has no effect in a step of a route, which cannot detect the start"
                            + " of a run; remove it, or report the route with PushgatewayRoutePolicyFactory and reportStart");
        }
    }

    /** Validates that the prefix of reports is valid, and has an effect on the selection of groups. */
    private static void validatePrefix(PushgatewayConfiguration configuration, @Nullable Escaping escaping) {
        if (!configuration.getOptionNames().contains("reportPrefix")) {
            return;
        }
        if (configuration.minimumAge() instanceof StaleAfter.Intervals intervals) {
            new MetricsBuilder(Map.of(), names(escaping)).metric(intervals.metric(), MetricType.GAUGE, null, 1);
        } else {
            throw new IllegalArgumentException("reportPrefix has an effect on the selection of groups only with"
                    + " staleAfter=2x or another number of intervals; remove it, or set staleAfter=2x");
        }
    }

    /**
     * Validates that each option of a consumer has an effect.
     *
     * @param escaping the escaping of names, or null
     * @throws IllegalArgumentException if an option belongs to a producer
     */
    static void validateConsumerOptions(PushgatewayConfiguration configuration, @Nullable Escaping escaping) {
        for (String option : configuration.getOptionNames()) {
            Set<PushgatewayOperation> supported = OPERATIONS_BY_OPTION.get(optionOf(option));
            if (supported != null && !CONSUMER_OPTIONS.contains(option)) {
                throw new IllegalArgumentException(
                        option + " has no effect on a consumer; remove it" + orUse(supported) + " in a producer");
            }
        }
        validatePrefix(configuration, escaping);
    }

    private static @Nullable PushNames names(@Nullable Escaping escaping) {
        return escaping == null ? null : new PushNames(escaping);
    }

    private static String optionOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String orUse(Set<PushgatewayOperation> operations) {
        return operations.stream()
                .filter(operation -> operation != PushgatewayOperation.DELETE)
                .map(operation -> "operation=" + operation)
                .collect(Collectors.joining(" or ", ", or use ", ""));
    }

    /**
     * Validates an operation, which the option or a header sets.
     *
     * @param escaping the escaping of names, or null
     * @throws IllegalArgumentException if the options contradict the operation
     */
    static void validateForProducer(
            PushgatewayOperation operation, PushgatewayConfiguration configuration, @Nullable Escaping escaping) {
        if (configuration.isDryRun()
                && operation != PushgatewayOperation.SWEEP
                && operation != PushgatewayOperation.GROUPS) {
            throw new IllegalArgumentException("dryRun applies only to operation=sweep and operation=groups; operation="
                    + operation + " would ignore it, so remove dryRun");
        }
        PushNames names = names(escaping);
        if (operation.isPush() && names != null) {
            names.key(configuration.getGroupingKey());
        } else if (operation.isPush()) {
            for (String label : configuration.getGroupingKey().keySet()) {
                LabelRules.validateName(label);
            }
        }
        if (configuration.getStaleAfter() != null && operation == PushgatewayOperation.DELETE) {
            throw new IllegalArgumentException("operation=delete deletes its group at any age; remove staleAfter, or"
                    + " use operation=sweep, which selects groups by age");
        }
    }

    /**
     * Validates the operation of a consumer.
     *
     * @throws IllegalArgumentException if it is not {@code groups} or the default
     */
    static void validateForConsumer(PushgatewayConfiguration configuration) {
        PushgatewayOperation operation = configuration.getOperation();
        if (operation != PushgatewayOperation.PUSHADD && operation != PushgatewayOperation.GROUPS) {
            throw new IllegalArgumentException(
                    "a consumer only lists groups, so operation=" + operation
                            + " has no effect; remove it, or use it in a producer, for example in a route that starts with a timer");
        }
    }

    /**
     * Validates that a push contains a metric, unless {@code allowEmpty} is set.
     *
     * @throws IllegalArgumentException if it contains none
     */
    static void validateNotEmpty(PushRequest request, PushgatewayConfiguration configuration) {
        if (request.isEmpty() && !configuration.isAllowEmpty()) {
            String filter = configuration.getMetricFilter();
            throw new IllegalArgumentException("there is no metric to send"
                    + (filter == null ? "" : " that matches metricFilter=" + filter)
                    + (request.operation() == PushOperation.PUSH ? ", and an empty push would clear the group" : "")
                    + "; provide a body or metricName, or set allowEmpty=true to allow an empty push");
        }
    }
}
