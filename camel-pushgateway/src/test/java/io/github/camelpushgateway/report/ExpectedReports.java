package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.RandomRoute.CleanUp;
import io.github.camelpushgateway.report.RandomRoute.Completion;
import io.github.camelpushgateway.report.RandomRoute.Eip;
import io.github.camelpushgateway.report.RandomRoute.ErrorHandling;
import io.github.camelpushgateway.report.RandomRoute.Harmless;
import io.github.camelpushgateway.report.RandomRoute.HarmlessStep;
import io.github.camelpushgateway.report.RandomRoute.MayFail;
import io.github.camelpushgateway.report.RandomRoute.Nested;
import io.github.camelpushgateway.report.RandomRoute.Report;
import io.github.camelpushgateway.report.RandomRoute.Scope;
import io.github.camelpushgateway.report.RandomRoute.Step;
import io.github.camelpushgateway.report.RandomRoute.Try;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The expected reports of a random route, computed by a simulation of Camel. It does not use the code under test.
 */
final class ExpectedReports {

    /** Outcome in a report. */
    enum Verdict {
        SUCCESS,
        FAILURE,
        /** Contains both or neither of the metrics of success and failure, so it is never expected. */
        CONTRADICTORY
    }

    /** State of an exchange after its steps. */
    enum Flow {
        COMPLETED,
        /** Has an exception that no error handler has processed yet. */
        THROWN,
        /** Has an exception that an error handler has processed but not handled. */
        FAILED,
        /** Stopped by an error handler that has handled the failure. */
        HANDLED,
        ROLLED_BACK,
        /** Had a failure that a removal of properties has hidden from Camel. */
        LOST
    }

    private static final Scope SHARED = new Scope("shared", ErrorHandling.DEFAULT, List.of(), List.of());
    private static final Scope KAMELET = new Scope("kamelet", ErrorHandling.NONE, List.of(), List.of());
    private static final Scope RETRYING = new Scope("retrying", ErrorHandling.RETRY, List.of(), List.of());
    private static final Scope CONTINUING = new Scope("continuing", ErrorHandling.CONTINUED, List.of(), List.of());
    private static final Scope HANDLING = new Scope("handling", ErrorHandling.HANDLED, List.of(), List.of());

    /** A part of a route that processes an exchange. */
    private interface Action extends Consumer<SimulatedExchange> {}

    /**
     * Place of steps in a route.
     *
     * @param guarded whether the error handler of the route surrounds each step
     * @param top whether the steps are not within another step; a doTry and a multicast are not surrounded there
     */
    private record Place(Scope scope, boolean guarded, boolean top) {

        Place unguarded() {
            return new Place(scope, false, false);
        }

        Place within() {
            return new Place(scope, guarded, false);
        }

        boolean guards(Step step) {
            return guarded && !(top && (step instanceof Try || isMulticast(step)));
        }

        private static boolean isMulticast(Step step) {
            if (step instanceof Nested nested) {
                return nested.eip().name().startsWith("MULTICAST");
            }
            return step instanceof Report report && report.carrier().name().startsWith("MULTICAST");
        }
    }

    private final RandomRoute route;
    private final Map<String, List<Verdict>> byJob = new HashMap<>();
    private final Flow flow;
    private boolean failedOnce;

    ExpectedReports(RandomRoute route) {
        this.route = route;
        SimulatedExchange exchange = new SimulatedExchange();
        route(route.scope, exchange);
        Flow end = flow(exchange);
        complete(exchange);
        flow = exchange.hasFailed() && end == Flow.COMPLETED ? flow(exchange) : end;
        add(route.scope.id(), exchange.hasFailed());
    }

    /** Returns the expected outcomes of the reports of each job, in any order. */
    Map<String, List<Verdict>> byJob() {
        return byJob;
    }

    /** Returns the expected state at the end of the run. */
    Flow flow() {
        return flow;
    }

    private static Flow flow(SimulatedExchange exchange) {
        if (exchange.exception) {
            return exchange.isProcessed() ? Flow.FAILED : Flow.THROWN;
        }
        if (exchange.rollback) {
            return Flow.ROLLED_BACK;
        }
        if (exchange.isHandled()) {
            return Flow.HANDLED;
        }
        return exchange.isLost() ? Flow.LOST : Flow.COMPLETED;
    }

    private void add(String job, boolean failed) {
        byJob.computeIfAbsent(job, none -> new ArrayList<>()).add(failed ? Verdict.FAILURE : Verdict.SUCCESS);
    }

    private void complete(SimulatedExchange exchange) {
        boolean before = route.completion == Completion.BEFORE_CONSUMER;
        SimulatedExchange ending = before ? exchange : exchange.atCompletion();
        boolean reached = switch (route.completion) {
            case NONE -> false;
            case AFTER_CONSUMER, BEFORE_CONSUMER, PARALLEL -> true;
            case FAILURE_ONLY -> ending.exception;
            case COMPLETE_ONLY -> !ending.exception;
        };
        if (reached && !ending.hasLostCompletion()) {
            SimulatedExchange completing = ending.forCompletion(before);
            pipeline(route.onCompletion, new Place(route.scope, true, false), completing);
            exchange.exception |= before && completing.exception;
        }
    }

    private void route(Scope scope, SimulatedExchange exchange) {
        pipeline(scope.steps(), new Place(scope, true, true), exchange);
    }

    private void pipeline(List<Step> steps, Place place, SimulatedExchange exchange) {
        List<Action> actions =
                steps.stream().flatMap(step -> actions(step, place)).toList();
        for (int i = 0; i < actions.size() && (i == 0 || !exchange.isStopped()); i++) {
            actions.get(i).accept(exchange);
        }
    }

    /** Returns the steps that Camel executes. */
    private Stream<Action> actions(Step step, Place place) {
        Action action = guard(place.scope(), place.guards(step), action(step, place));
        boolean prepared =
                step instanceof Report || (step instanceof Nested nested && nested.eip() == Eip.DYNAMIC_ROUTER);
        return prepared ? Stream.of(guard(place.scope(), place.guarded(), exchange -> {}), action) : Stream.of(action);
    }

    private Action guard(Scope scope, boolean guarded, Action action) {
        return guarded ? exchange -> exchange.process(scope.errors(), () -> handle(scope, exchange), action) : action;
    }

    private void handle(Scope scope, SimulatedExchange exchange) {
        if (scope.errors() == ErrorHandling.DEAD_LETTER) {
            route(new Scope(scope.id() + "-dead", ErrorHandling.DEFAULT, List.of(), scope.handler()), exchange);
        } else {
            pipeline(scope.handler(), new Place(scope, false, false), exchange);
        }
    }

    private Action action(Step step, Place place) {
        return exchange -> {
            if (step instanceof MayFail) {
                fail(exchange);
            } else if (step instanceof CleanUp cleanUp) {
                exchange.removeProperties(cleanUp.pattern());
            } else if (step instanceof HarmlessStep harmless) {
                harmless(harmless.kind(), place, exchange);
            } else if (step instanceof Report report) {
                report(report, place, exchange);
            } else if (step instanceof Try tried) {
                doTry(tried, place.unguarded(), exchange);
            } else if (step instanceof Nested nested) {
                nested(nested, place, exchange);
            }
        };
    }

    private void fail(SimulatedExchange exchange) {
        switch (route.failure) {
            case NONE -> {}
            case ALWAYS -> exchange.exception = true;
            case ROLLBACK -> exchange.rollback = true;
            case ONCE -> {
                exchange.exception = !failedOnce;
                failedOnce = true;
            }
        }
    }

    private void doTry(Try tried, Place place, SimulatedExchange exchange) {
        exchange.inTry = true;
        pipeline(tried.steps(), place, exchange);
        List<Step> caught = tried.caught();
        if (caught != null && exchange.exception) {
            exchange.inTry = true;
            boolean rollback = exchange.rollback;
            exchange.rollback = false;
            exchange.exception = false;
            exchange.exhausted = false;
            exchange.caught = true;
            exchange.handle(() -> pipeline(caught, place, exchange));
            exchange.exhausted = false;
            exchange.rollback |= rollback;
        }
        List<Step> last = tried.last();
        if (last != null) {
            exchange.inTry = true;
            if (exchange.exception) {
                exchange.exception = false;
                exchange.caught = true;
                exchange.handle(() -> pipeline(last, place, exchange));
                exchange.exception = true;
                exchange.caught = true;
            } else {
                pipeline(last, place, exchange);
            }
        }
        exchange.inTry = false;
    }

    private void harmless(Harmless kind, Place place, SimulatedExchange exchange) {
        Action failing = called -> called.exception = true;
        switch (kind) {
            case LOG, DELAY, THREADS -> {}
            case FAILURE_IN_DO_CATCH -> {
                exchange.caught = true;
                exchange.exhausted = false;
                exchange.inTry = false;
            }
            case FAILURE_RETRIED_IN_CALLED_ROUTE -> retryInCalledRoute(exchange);
            case FAILURE_CONTINUED_IN_CALLED_ROUTE -> {
                guard(CONTINUING, true, failing).accept(exchange);
                if (!exchange.isStopped()) {
                    guard(CONTINUING, true, next -> {}).accept(exchange);
                }
            }
            case FAILURE_HANDLED_IN_PART_OF_SPLIT -> split(List.of(guard(HANDLING, true, failing)), place, exchange);
            case FAILURE_IN_WIRE_TAP -> tap(guard(SHARED, true, failing), place, exchange);
            case FAILURE_IN_SEDA -> guard(SHARED, true, failing).accept(exchange.sendToQueue());
        }
    }

    private void retryInCalledRoute(SimulatedExchange exchange) {
        int[] attempts = {0};
        List<Action> actions = List.of(
                SimulatedExchange::beginCountOfRetries,
                failing -> failing.exception = attempts[0]++ == 0,
                SimulatedExchange::endCountOfRetries);
        for (int i = 0; i < actions.size() && (i == 0 || !exchange.isStopped()); i++) {
            guard(RETRYING, true, actions.get(i)).accept(exchange);
        }
    }

    private void report(Report report, Place place, SimulatedExchange exchange) {
        Action sent = reported -> add(report.job(), reported.isFailing());
        Action called = guard(SHARED, true, sent);
        switch (report.carrier()) {
            case NONE -> sent.accept(exchange);
            case DIRECT, TO_D -> called.accept(exchange);
            case MULTICAST -> multicast(List.of(sent), place, exchange);
            case MULTICAST_PARALLEL -> multicast(List.of(called, other -> {}), place, exchange);
            case MULTICAST_TWICE ->
                multicast(List.of(part -> multicast(List.of(called), place, part)), place, exchange);
            case SPLIT -> split(List.of(sent), place, exchange);
            case RECIPIENT_LIST -> recipientList(called, place, exchange);
            case ENRICH -> copy(called, exchange);
            case KAMELET -> copy(guard(KAMELET, true, sent), exchange);
            case ROUTING_SLIP -> slip(called, place, exchange);
            case WIRE_TAP -> tap(called, place, exchange);
            case SEDA -> called.accept(exchange.sendToQueue());
            case LOOP_OF_COPIES -> loop(1, true, sent, exchange);
        }
    }

    private void nested(Nested nested, Place place, SimulatedExchange exchange) {
        Scope inner = nested.scope();
        Action steps = inside -> pipeline(inner.steps(), place.within(), inside);
        Action called = inside -> route(inner, inside);
        Action other = inside -> {};
        switch (nested.eip()) {
            case FILTER, CHOICE, PIPELINE, STEP, IDEMPOTENT_CONSUMER -> steps.accept(exchange);
            case LOOP -> loop(2, false, steps, exchange);
            case LOOP_OF_COPIES -> loop(2, true, steps, exchange);
            case MULTICAST, MULTICAST_PARALLEL -> multicast(List.of(steps), place, exchange);
            case MULTICAST_THEN_OTHER -> multicast(List.of(steps, other), place, exchange);
            case SPLIT, SPLIT_PARALLEL -> split(List.of(steps, steps), place, exchange);
            case SPLIT_GROUPED -> parts(List.of(steps, steps), place, exchange, (first, second) -> first);
            case DIRECT, TO_D -> called.accept(exchange);
            case ROUTING_SLIP, DYNAMIC_ROUTER -> slip(called, place, exchange);
            case ENRICH -> copy(called, exchange);
            case KAMELET -> copy(guard(KAMELET, true, called), exchange);
            case FAILOVER -> failover(guard(place.scope(), place.guarded(), called), exchange);
            case RECIPIENT_LIST -> recipientList(called, place, exchange);
            case WIRE_TAP -> tap(run(inner), place, exchange);
            case SEDA -> run(inner).accept(exchange.sendToQueue());
        }
    }

    /** Returns the action of a route that receives the exchange asynchronously, which is a separate run. */
    private Action run(Scope inner) {
        return exchange -> {
            route(inner, exchange);
            add(inner.id(), exchange.hasFailed());
        };
    }

    private static void copy(Action target, SimulatedExchange exchange) {
        SimulatedExchange copy = exchange.copy();
        target.accept(copy);
        exchange.takeResults(copy);
    }

    private static void loop(int times, boolean ofCopies, Action steps, SimulatedExchange exchange) {
        SimulatedExchange current = exchange;
        for (int i = 0; i < times && !current.isStopped(); i++) {
            current = ofCopies ? exchange.copyInUnitOfWork() : exchange;
            steps.accept(current);
        }
        if (current != exchange) {
            exchange.takeResults(current);
        }
    }

    private static void failover(Action target, SimulatedExchange exchange) {
        SimulatedExchange copy = exchange.copyInUnitOfWork();
        target.accept(copy);
        exchange.takeResults(copy.exception ? exchange.copyInUnitOfWork() : copy);
    }

    private void slip(Action target, Place place, SimulatedExchange exchange) {
        guard(place.scope(), !exchange.inTry, target).accept(exchange);
        exchange.takeResults(exchange.copyInUnitOfWork());
    }

    private void tap(Action target, Place place, SimulatedExchange exchange) {
        guard(place.scope(), true, target).accept(exchange.sendAsynchronously());
    }

    private void multicast(List<Action> parts, Place place, SimulatedExchange exchange) {
        parts(parts, place, exchange, ExpectedReports::latest);
    }

    /**
     * Simulates a recipient list. An error handler surrounds the expression for the recipients, even within a doTry.
     */
    private void recipientList(Action target, Place place, SimulatedExchange exchange) {
        guard(place.scope(), true, evaluated -> {}).accept(exchange);
        if (!exchange.isStopped()) {
            multicast(List.of(target), place, exchange);
        }
    }

    private static SimulatedExchange latest(SimulatedExchange older, SimulatedExchange newer) {
        newer.exception |= older.exception;
        return newer.exception || !older.isStopped() ? newer : older;
    }

    private void parts(
            List<Action> parts,
            Place place,
            SimulatedExchange exchange,
            BinaryOperator<SimulatedExchange> aggregation) {
        SimulatedExchange result = exchange;
        List<SimulatedExchange> copies =
                parts.stream().map(part -> exchange.copy()).toList();
        for (int i = 0; i < copies.size(); i++) {
            SimulatedExchange copy = copies.get(i);
            guard(place.scope(), !exchange.inTry, parts.get(i)).accept(copy);
            result = i == 0 ? copy : aggregation.apply(result, copy);
        }
        exchange.takeResults(result);
        exchange.exhausted |= exchange.exception;
    }

    /** Simulates a split. The original exchange continues unchanged, except for the exception of a part. */
    private void split(List<Action> parts, Place place, SimulatedExchange exchange) {
        Object split = new Object();
        Set<Object> before = exchange.splits;
        exchange.splits = Stream.concat(before.stream(), Stream.of(split)).collect(Collectors.toSet());
        List<SimulatedExchange> copies =
                parts.stream().map(part -> exchange.copy()).toList();
        for (int i = 0; i < copies.size(); i++) {
            SimulatedExchange copy = copies.get(i);
            guard(place.scope(), !exchange.inTry, parts.get(i)).accept(copy);
            if (copy.splits.contains(split)) {
                exchange.exception |= copy.exception;
                exchange.caught |= copy.caught;
            } else if (copy.exception) {
                // Camel does not find the aggregation strategy, and drops the part
                copy.lose();
            }
        }
        exchange.splits = before;
        exchange.exhausted |= exchange.exception;
    }
}
