package io.github.camelpushgateway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A route that is generated from a seed: nested EIPs with one step that can fail, an error handler, an onCompletion, and reports in all
 * of them.
 */
final class RandomRoute {

    private static final int MAX_DEPTH = 3;

    /** Behaviour of the single step that can fail. */
    enum Failure {
        NONE,
        ALWAYS,
        ONCE,
        ROLLBACK
    }

    enum ErrorHandling {
        NONE,
        DEFAULT,
        RETRY,
        NOT_HANDLED,
        HANDLED,
        RETRY_THEN_HANDLED,
        CONTINUED,
        DEAD_LETTER;

        boolean hasHandler() {
            return switch (this) {
                case NONE, DEFAULT, RETRY -> false;
                case NOT_HANDLED, HANDLED, RETRY_THEN_HANDLED, CONTINUED, DEAD_LETTER -> true;
            };
        }
    }

    enum Completion {
        NONE,
        AFTER_CONSUMER,
        BEFORE_CONSUMER,
        PARALLEL,
        FAILURE_ONLY,
        COMPLETE_ONLY
    }

    /** EIP with steps in the same route or in another route. */
    enum Eip {
        FILTER(false),
        CHOICE(false),
        PIPELINE(false),
        STEP(false),
        IDEMPOTENT_CONSUMER(false),
        LOOP(false),
        LOOP_OF_COPIES(false),
        MULTICAST(false),
        MULTICAST_THEN_OTHER(false),
        MULTICAST_PARALLEL(false),
        SPLIT(false),
        SPLIT_PARALLEL(false),
        SPLIT_GROUPED(false),
        DIRECT(true),
        TO_D(true),
        ROUTING_SLIP(true),
        DYNAMIC_ROUTER(true),
        KAMELET(true),
        FAILOVER(true),
        RECIPIENT_LIST(true),
        ENRICH(true),
        WIRE_TAP(true),
        SEDA(true);

        private final boolean otherRoute;

        Eip(boolean otherRoute) {
            this.otherRoute = otherRoute;
        }

        boolean usesOtherRoute() {
            return otherRoute;
        }

        /** Returns whether the route does not wait for the steps. */
        boolean isAsynchronous() {
            return this == WIRE_TAP || this == SEDA;
        }
    }

    /** EIP through which the exchange reaches a report. */
    public enum ValueForm {
        NONE,
        DIRECT,
        TO_D,
        MULTICAST,
        MULTICAST_PARALLEL,
        MULTICAST_TWICE,
        SPLIT,
        RECIPIENT_LIST,
        ENRICH,
        ROUTING_SLIP,
        WIRE_TAP,
        SEDA,
        KAMELET,
        LOOP_OF_COPIES
    }

    /** Step that never fails the run, although a failure may occur in it. */
    enum Harmless {
        LOG,
        DELAY,
        THREADS,
        FAILURE_IN_DO_CATCH,
        FAILURE_RETRIED_IN_CALLED_ROUTE,
        FAILURE_CONTINUED_IN_CALLED_ROUTE,
        FAILURE_HANDLED_IN_PART_OF_SPLIT,
        FAILURE_IN_WIRE_TAP,
        FAILURE_IN_SEDA
    }

    sealed interface Step permits MayFail, Report, CleanUp, HarmlessStep, Nested, Try {}

    record MayFail() implements Step {}

    record Report(String job, ValueForm carrier) implements Step {}

    record CleanUp(String pattern) implements Step {}

    record HarmlessStep(Harmless kind) implements Step {}

    record Nested(Eip eip, Scope scope) implements Step {}

    record Try(
            List<Step> steps,
            @Nullable List<Step> caught,
            @Nullable List<Step> last) implements Step {}

    /**
     * Steps of a route with its error handling, or steps of an EIP.
     *
     * @param id the id of the route; empty for an EIP
     * @param handler the steps of its onException, or of its dead letter channel
     */
    record Scope(String id, ErrorHandling errors, List<Step> handler, List<Step> steps) {}

    private final Random random;
    private final String id;
    private int jobs;
    private int routes;

    /** Whether camel-kamelet is available. Not every version of Camel in the tests has it. */
    static final boolean WITH_KAMELETS =
            RandomRoute.class.getClassLoader().getResource("META-INF/services/org/apache/camel/component/kamelet")
                    != null;

    final long seed;
    final Failure failure;
    final Completion completion;
    final List<Step> onCompletion;
    final Scope scope;

    RandomRoute(long seed) {
        this.seed = seed;
        // the first random numbers of similar seeds are similar
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        id = "run-" + seed;
        failure = one(Failure.values());
        completion = one(Completion.values());
        onCompletion = block();
        scope = route(id, one(ErrorHandling.values()), MAX_DEPTH, true);
    }

    private <T> T one(T[] values) {
        T value;
        do {
            value = values[random.nextInt(values.length)];
        } while (!WITH_KAMELETS && value.toString().equals("KAMELET"));
        return value;
    }

    private Scope route(String routeId, ErrorHandling errors, int depth, boolean mayFail) {
        List<Step> steps = steps(depth, mayFail);
        if (depth == MAX_DEPTH) {
            steps.add(report());
        }
        List<Step> handler = errors.hasHandler() ? block() : List.of();
        return new Scope(routeId, errors, handler, steps);
    }

    private List<Step> steps(int depth, boolean mayFail) {
        int number = 1 + random.nextInt(3);
        int failing = mayFail ? random.nextInt(number) : -1;
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            steps.add(i == failing ? failing(depth) : other(depth));
        }
        return steps;
    }

    private Step failing(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return new MayFail();
        }
        return random.nextInt(4) == 0 ? doTry(depth - 1) : nested(depth - 1, true);
    }

    private Step other(int depth) {
        if (depth > 0 && random.nextInt(6) == 0) {
            return nested(depth - 1, false);
        }
        return random.nextInt(3) == 0 ? report() : new HarmlessStep(one(Harmless.values()));
    }

    private Try doTry(int depth) {
        List<Step> steps = steps(depth, true);
        boolean catches = random.nextInt(3) > 0;
        return new Try(steps, catches ? block() : null, !catches || random.nextBoolean() ? block() : null);
    }

    private Nested nested(int depth, boolean mayFail) {
        Eip eip = one(Eip.values());
        if (!eip.usesOtherRoute()) {
            return new Nested(eip, new Scope("", ErrorHandling.NONE, List.of(), steps(depth, mayFail)));
        }
        ErrorHandling errors = one(ErrorHandling.values());
        if (eip == Eip.DYNAMIC_ROUTER && (errors == ErrorHandling.NONE || errors == ErrorHandling.CONTINUED)) {
            // the router of the test would not call the route again in a retry
            errors = ErrorHandling.DEFAULT;
        }
        return new Nested(eip, route(id + "-" + ++routes, errors, depth, mayFail));
    }

    /** Returns the steps of a handler or completion: reports, removals of properties and harmless steps. */
    private List<Step> block() {
        List<Step> steps = new ArrayList<>();
        int number = 1 + random.nextInt(3);
        for (int i = 0; i < number; i++) {
            switch (random.nextInt(3)) {
                case 0 -> steps.add(new HarmlessStep(one(Harmless.values())));
                case 1 -> steps.add(cleanUp());
                default -> steps.add(report());
            }
        }
        return steps;
    }

    private CleanUp cleanUp() {
        return new CleanUp(one(new String[] {"*", "CamelExceptionCaught", "Camel*"}));
    }

    private Report report() {
        return new Report(id + "-report-" + ++jobs, one(ValueForm.values()));
    }

    /** Describes the route, one step per line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("route of seed " + seed + ", failure " + failure + '\n');
        describe(scope, "", text);
        if (completion != Completion.NONE) {
            text.append("  onCompletion ").append(completion).append('\n');
            describe(onCompletion, "    ", text);
        }
        return text.toString();
    }

    private static void describe(Scope scope, String indent, StringBuilder text) {
        if (!scope.id().isEmpty()) {
            text.append(indent).append("from ").append(scope.id()).append(" error handling ");
            text.append(scope.errors()).append('\n');
            if (!scope.handler().isEmpty()) {
                text.append(indent).append("  handler\n");
                describe(scope.handler(), indent + "    ", text);
            }
        }
        describe(scope.steps(), indent + "  ", text);
    }

    private static void describe(List<Step> steps, String indent, StringBuilder text) {
        for (Step step : steps) {
            if (step instanceof MayFail) {
                text.append(indent).append("mayFail\n");
            } else if (step instanceof Report report) {
                text.append(indent).append("report ").append(report.job());
                text.append(" in ").append(report.carrier()).append('\n');
            } else if (step instanceof CleanUp cleanUp) {
                text.append(indent).append("removeProperties ").append(cleanUp.pattern());
                text.append('\n');
            } else if (step instanceof HarmlessStep harmless) {
                text.append(indent).append(harmless.kind()).append('\n');
            } else if (step instanceof Nested nested) {
                text.append(indent).append(nested.eip()).append('\n');
                describe(nested.scope(), indent + "  ", text);
            } else if (step instanceof Try tried) {
                describe("doTry", tried.steps(), indent, text);
                describe("doCatch", tried.caught(), indent, text);
                describe("doFinally", tried.last(), indent, text);
            }
        }
    }

    private static void describe(String block, @Nullable List<Step> steps, String indent, StringBuilder text) {
        if (steps != null) {
            text.append(indent).append(block).append('\n');
            describe(steps, indent + "  ", text);
        }
    }
}
