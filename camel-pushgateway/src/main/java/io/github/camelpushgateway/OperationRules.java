package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses options that ask an operation for what it cannot do, or must not do by mistake. */
final class OperationRules {

    /** A delete accepts what a push sends: the operation of one route may be a property. */
    private static final Set<PushgatewayOperation> PUSHES =
            EnumSet.of(PushgatewayOperation.PUSH, PushgatewayOperation.PUSHADD, PushgatewayOperation.DELETE);

    private static final Set<PushgatewayOperation> METRICS = EnumSet.of(
            PushgatewayOperation.PUSH,
            PushgatewayOperation.PUSHADD,
            PushgatewayOperation.DELETE,
            PushgatewayOperation.REPORT);

    private static final Set<PushgatewayOperation> SELECTIONS =
            EnumSet.of(PushgatewayOperation.GROUPS, PushgatewayOperation.SWEEP);

    /**
     * The operations in which an option has an effect; none for an option of consumers. Options that are not listed fit every operation,
     * or a check of their own says more.
     */
    private static final Map<String, Set<PushgatewayOperation>> OPERATIONS = Map.ofEntries(
            Map.entry("metricName", METRICS),
            Map.entry("metricValue", METRICS),
            Map.entry("metricHelp", PUSHES),
            Map.entry("metricType", PUSHES),
            Map.entry("labels", METRICS),
            Map.entry("gaugeHeaders", METRICS),
            Map.entry("registry", METRICS),
            Map.entry("metricFilter", METRICS),
            Map.entry("allowEmpty", PUSHES),
            Map.entry("records", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("recordsFailed", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("reportPrefix", EnumSet.of(PushgatewayOperation.REPORT)),
            Map.entry("staleAfter", SELECTIONS),
            Map.entry("dryRun", SELECTIONS),
            Map.entry("sweepAll", EnumSet.of(PushgatewayOperation.SWEEP)),
            Map.entry("newlyStaleOnly", EnumSet.noneOf(PushgatewayOperation.class)),
            Map.entry("maxMessagesPerPoll", EnumSet.noneOf(PushgatewayOperation.class)));

    private static final Set<String> OF_CONSUMERS = Set.of("staleAfter", "newlyStaleOnly", "maxMessagesPerPoll");

    private OperationRules() {}

    /** @throws IllegalArgumentException if they do not go together, whatever becomes of the endpoint */
    static void check(JobBinding job, PushgatewayConfiguration configuration) {
        PushgatewayOperation operation = configuration.getOperation();
        // patterns are checked whether they are needed or not: a header may choose to list groups
        GroupFilter filter = GroupFilter.of(
                job.sample(),
                GroupPatterns.of(LabelOptions.texts(configuration.getGroupingKey())),
                configuration.getStaleAfter());
        if (operation == PushgatewayOperation.SWEEP
                && filter.isEverything()
                && !configuration.isInstanceIp()
                && !configuration.isSweepAll()
                && !configuration.isDryRun()) {
            throw new IllegalArgumentException("this sweep would delete all groups of all jobs; name jobs, such as"
                    + " pushgateway:tmp-*, or labels by groupingKey, or say how old groups must be by staleAfter, or, if"
                    + " that is meant, set sweepAll=true");
        }
        if (operation == PushgatewayOperation.WIPE
                && !(job.toString().equals("*")
                        && configuration.getGroupingKey().isEmpty()
                        && configuration.getStaleAfter() == null)) {
            throw new IllegalArgumentException("wipe deletes all groups of all jobs, so it takes no selection: write"
                    + " pushgateway:*?operation=wipe without groupingKey and staleAfter, or use operation=sweep");
        }
    }

    /**
     * Checks that each option of a producer has an effect.
     *
     * @throws IllegalArgumentException if one has none, because it belongs to other operations or to a consumer
     */
    static void optionsOfProducer(PushgatewayConfiguration configuration) {
        PushgatewayOperation operation = configuration.getOperation();
        for (String option : configuration.getOptionNames()) {
            Set<PushgatewayOperation> fitting = OPERATIONS.get(optionOf(option));
            if (fitting != null && !fitting.contains(operation)) {
                throw new IllegalArgumentException(option + " has no effect with operation=" + operation
                        + "; leave it out" + (fitting.isEmpty() ? ", or use it with a consumer" : orUse(fitting)));
            }
        }
    }

    /**
     * Checks that each option of a consumer has an effect.
     *
     * @throws IllegalArgumentException if one has none, because it belongs to a producer
     */
    static void optionsOfConsumer(PushgatewayConfiguration configuration) {
        for (String option : configuration.getOptionNames()) {
            Set<PushgatewayOperation> fitting = OPERATIONS.get(optionOf(option));
            if (fitting != null && !OF_CONSUMERS.contains(option)) {
                throw new IllegalArgumentException(
                        option + " has no effect on a consumer; leave it out" + orUse(fitting) + " in a producer");
            }
        }
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
     * Checks what is to be done, by option or by header.
     *
     * @throws IllegalArgumentException if it would not be what is asked for
     */
    static void forProducer(PushgatewayOperation operation, PushgatewayConfiguration configuration) {
        if (configuration.isDryRun()
                && operation != PushgatewayOperation.SWEEP
                && operation != PushgatewayOperation.GROUPS) {
            throw new IllegalArgumentException("dryRun is for operation=sweep; operation=" + operation
                    + " would be done nevertheless, so leave dryRun out");
        }
        if (operation.isPush()) {
            configuration.getGroupingKey().keySet().forEach(LabelRules::checkName);
        }
        if (configuration.getStaleAfter() != null && operation == PushgatewayOperation.DELETE) {
            throw new IllegalArgumentException("delete deletes its group however old it is, so leave staleAfter out, or"
                    + " use operation=sweep, which goes by age");
        }
    }

    /** @throws IllegalArgumentException if something else is asked for than what a consumer does */
    static void forConsumer(PushgatewayConfiguration configuration) {
        PushgatewayOperation operation = configuration.getOperation();
        if (operation != PushgatewayOperation.PUSHADD && operation != PushgatewayOperation.GROUPS) {
            throw new IllegalArgumentException(
                    "a consumer tells of groups and does nothing else, so operation=" + operation
                            + " is not done; leave it out, or use it at the end of a route, such as one from timer");
        }
    }

    /** @throws IllegalArgumentException if there is nothing in the push, and that is not said to be meant */
    static void checkNotEmpty(PushRequest request, PushgatewayConfiguration configuration) {
        if (request.isEmpty() && !configuration.isAllowEmpty()) {
            String filter = configuration.getMetricFilter();
            throw new IllegalArgumentException("there is no metric to send"
                    + (filter == null ? "" : " that metricFilter=" + filter + " lets through")
                    + (request.operation() == PushOperation.PUSH ? ", and an empty push would clear the group" : "")
                    + "; give a body or metricName, or set allowEmpty=true if that is meant");
        }
    }
}
