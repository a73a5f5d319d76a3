package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.RandomRoute.Carrier;
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

/**
 * The reports that a random route must send, found by interpreting it with Camel's rules of error handling. It uses nothing of what is
 * tested.
 */
final class ExpectedReports {

    /** What a report must say. */
    enum Verdict {
        SUCCESS,
        FAILURE,
        /** A failure, or no report. */
        NO_SUCCESS,
        UNKNOWN
    }

    /** How steps end. */
    enum Flow {
        COMPLETED,
        /** With an exception that no error handler has processed yet. */
        THROWN,
        /** With an exception that an error handler has processed and not handled. */
        FAILED,
        /** Stopped by an error handler that has handled the failure. */
        HANDLED,
        ROLLED_BACK,
        /** To the end, though with a failure whose exception a handler has lost. */
        LOST,
        /** The rules are not known. */
        UNKNOWN
    }

    private final RandomRoute route;
    private final Map<String, List<Verdict>> byJob = new HashMap<>();
    private final Flow flow;
    private boolean failedOnce;
    private boolean exact = true;
    private boolean otherPartFailed;
    private boolean lost;
    private boolean queued;
    private int handlers;

    ExpectedReports(RandomRoute route) {
        this.route = route;
        Flow end = route(route.scope);
        flow = lost && end == Flow.COMPLETED ? Flow.LOST : end;
        add(route.scope.id(), verdict(flow));
        complete();
    }

    /** Returns what the reports of each job must say, in any order. */
    Map<String, List<Verdict>> byJob() {
        return byJob;
    }

    /** Returns how the run ends. */
    Flow flow() {
        return flow;
    }

    /** Tells whether all reports are known, and not only that of the run. */
    boolean isExact() {
        return exact;
    }

    private static Verdict verdict(Flow flow) {
        return switch (flow) {
            case COMPLETED -> Verdict.SUCCESS;
            case THROWN, FAILED, HANDLED, ROLLED_BACK, LOST -> Verdict.FAILURE;
            case UNKNOWN -> Verdict.UNKNOWN;
        };
    }

    private void add(String job, Verdict verdict) {
        byJob.computeIfAbsent(job, none -> new ArrayList<>()).add(verdict);
    }

    private void complete() {
        // Camel hands onCompletion over to the exchange in a queue
        boolean other = queued && route.completion != Completion.BEFORE_CONSUMER;
        boolean thrown = flow == Flow.THROWN || flow == Flow.FAILED;
        boolean reached = switch (route.completion) {
            case NONE -> false;
            case AFTER_CONSUMER, BEFORE_CONSUMER, PARALLEL -> true;
            case FAILURE_ONLY -> other || thrown;
            case COMPLETE_ONLY -> other || !thrown;
        };
        if (reached) {
            otherPartFailed = other;
            handle(route.onCompletion, route.scope, flow != Flow.COMPLETED);
        }
    }

    private void handle(List<Step> steps, Scope scope, boolean failing) {
        handlers += failing ? 1 : 0;
        steps(steps, scope, true);
        handlers -= failing ? 1 : 0;
    }

    private Flow route(Scope scope) {
        return steps(scope.steps(), scope, false);
    }

    private Flow steps(List<Step> steps, Scope scope, boolean inTry) {
        Flow last = Flow.COMPLETED;
        for (Step step : steps) {
            last = step(step, scope, inTry);
            if (last != Flow.COMPLETED) {
                break;
            }
        }
        return last;
    }

    /** The error handler of a route surrounds each step, except for a doTry and what is in it. */
    private Flow step(Step step, Scope scope, boolean inTry) {
        Flow first = attempt(step, scope, inTry);
        if (first == Flow.UNKNOWN) {
            exact = false;
        }
        if (first != Flow.THROWN || inTry || step instanceof Try) {
            return first;
        }
        return switch (scope.errors()) {
            case NONE -> Flow.THROWN;
            case DEFAULT -> Flow.FAILED;
            case RETRY, RETRY_THEN_HANDLED -> retry(step, scope);
            case NOT_HANDLED -> handle(scope, losesException(scope.handler()) ? Flow.LOST : Flow.FAILED);
            case HANDLED, DEAD_LETTER -> handle(scope, Flow.HANDLED);
            case CONTINUED -> handle(scope, Flow.COMPLETED);
        };
    }

    private Flow retry(Step step, Scope scope) {
        Flow second = attempt(step, scope, false);
        if (second != Flow.THROWN) {
            return second;
        }
        return scope.errors() == ErrorHandling.RETRY ? Flow.FAILED : handle(scope, Flow.HANDLED);
    }

    private Flow handle(Scope scope, Flow then) {
        handle(scope.handler(), scope, true);
        if (then != Flow.LOST) {
            return then;
        }
        lost = true;
        return Flow.COMPLETED;
    }

    /** Camel takes the exception that onException did not handle from a property, which the handler may have removed. */
    private static boolean losesException(List<Step> handler) {
        boolean lost = false;
        for (Step step : handler) {
            if (step instanceof CleanUp) {
                lost = true;
            } else if (step instanceof HarmlessStep harmless) {
                lost &= switch (harmless.kind()) {
                    case FAILURE_IN_DO_CATCH, FAILURE_RETRIED_IN_CALLED_ROUTE, FAILURE_CONTINUED_IN_CALLED_ROUTE ->
                        false;
                    default -> true;
                };
            }
        }
        return lost;
    }

    private Flow attempt(Step step, Scope scope, boolean inTry) {
        if (step instanceof MayFail) {
            return fail();
        }
        if (step instanceof HarmlessStep harmless) {
            queued |= harmless.kind() == Harmless.FAILURE_IN_SEDA;
        }
        if (step instanceof Report report) {
            return report(report);
        }
        if (step instanceof Try tried) {
            return doTry(tried, scope);
        }
        return step instanceof Nested nested ? nested(nested, scope, inTry) : Flow.COMPLETED;
    }

    private Flow fail() {
        return switch (route.failure) {
            case NONE -> Flow.COMPLETED;
            case ALWAYS -> Flow.THROWN;
            case ROLLBACK -> Flow.ROLLED_BACK;
            case ONCE -> {
                Flow now = failedOnce ? Flow.COMPLETED : Flow.THROWN;
                failedOnce = true;
                yield now;
            }
        };
    }

    private Flow report(Report report) {
        queued |= report.carrier() == Carrier.SEDA;
        Verdict now = handlers > 0 ? Verdict.FAILURE : Verdict.SUCCESS;
        // Camel keeps other error handlers from processing an exchange whose exception is lost
        Verdict known = lost ? Verdict.NO_SUCCESS : now;
        add(report.job(), otherPartFailed ? Verdict.UNKNOWN : known);
        return Flow.COMPLETED;
    }

    private Flow doTry(Try tried, Scope scope) {
        Flow end = steps(tried.steps(), scope, true);
        if (tried.caught() != null && (end == Flow.THROWN || end == Flow.FAILED)) {
            handle(tried.caught(), scope, true);
            end = Flow.COMPLETED;
        }
        // Camel leaves out doFinally after a rollback
        if (tried.last() != null && end != Flow.ROLLED_BACK && end != Flow.HANDLED) {
            handle(tried.last(), scope, end != Flow.COMPLETED);
        }
        return end;
    }

    private Flow nested(Nested nested, Scope scope, boolean inTry) {
        Eip eip = nested.eip();
        Scope inner = nested.scope();
        return switch (eip) {
            case FILTER, CHOICE, PIPELINE, STEP, IDEMPOTENT_CONSUMER -> steps(inner.steps(), scope, inTry);
            case LOOP, LOOP_OF_COPIES -> loop(inner, scope, inTry);
            case MULTICAST, MULTICAST_PARALLEL, MULTICAST_THEN_OTHER -> exhausted(steps(inner.steps(), scope, inTry));
            case SPLIT, SPLIT_PARALLEL -> split(inner, scope, inTry, false);
            case SPLIT_GROUPED -> split(inner, scope, inTry, true);
            case DIRECT, TO_D -> route(inner);
            case ROUTING_SLIP, DYNAMIC_ROUTER -> routed(step(new Nested(Eip.DIRECT, inner), scope, inTry));
            case KAMELET, ENRICH -> route(inner);
            case RECIPIENT_LIST -> exhausted(step(new Nested(Eip.DIRECT, inner), scope, inTry));
            case FAILOVER -> failover(step(new Nested(Eip.DIRECT, inner), scope, inTry));
            case WIRE_TAP, SEDA -> send(eip, inner);
        };
    }

    private Flow loop(Scope inner, Scope scope, boolean inTry) {
        Flow first = steps(inner.steps(), scope, inTry);
        return first == Flow.COMPLETED ? steps(inner.steps(), scope, inTry) : first;
    }

    /** No error handler processes the exception of a part a second time. */
    private static Flow exhausted(Flow part) {
        return part == Flow.THROWN ? Flow.FAILED : part;
    }

    /** The copy that a router makes is not marked as one that an error handler has processed. */
    private static Flow routed(Flow target) {
        return target == Flow.FAILED ? Flow.THROWN : target;
    }

    /** The exception of a part becomes that of the whole. A part that an error handler has stopped does not stop the whole. */
    private static Flow part(Flow part) {
        return switch (part) {
            case COMPLETED, HANDLED, LOST -> Flow.COMPLETED;
            case THROWN, FAILED -> part;
            case ROLLED_BACK, UNKNOWN -> Flow.UNKNOWN;
        };
    }

    /** If the parts are grouped, the first part becomes the whole. */
    private Flow split(Scope inner, Scope scope, boolean inTry, boolean grouped) {
        Flow first = steps(inner.steps(), scope, inTry);
        boolean before = otherPartFailed;
        otherPartFailed = before || first != Flow.COMPLETED || lost;
        Flow second = steps(inner.steps(), scope, inTry);
        otherPartFailed = before;
        if (grouped) {
            return exhausted(first);
        }
        Flow one = part(first);
        return exhausted(one == Flow.COMPLETED ? part(second) : one);
    }

    private static Flow failover(Flow target) {
        return switch (target) {
            case THROWN, FAILED, COMPLETED -> Flow.COMPLETED;
            case HANDLED, ROLLED_BACK, LOST -> target;
            case UNKNOWN -> Flow.UNKNOWN;
        };
    }

    /** The route to which the exchange is sent has runs of its own. */
    private Flow send(Eip eip, Scope inner) {
        queued |= eip == Eip.SEDA;
        boolean before = lost;
        lost = false;
        Flow end = route(inner);
        add(inner.id(), lost ? Verdict.FAILURE : verdict(end));
        lost = before;
        return Flow.COMPLETED;
    }
}
