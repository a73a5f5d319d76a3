package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.RandomRoute.ErrorHandling;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Simulation of the state of an exchange that controls Camel's error handling, and of Camel's error handlers. */
final class SimulatedExchange {

    private static final int MANY_RETRIES = 100;

    /**
     * Thrown if Camel would retry forever: it counts retries in a header, which the error handlers of called routes
     * reset.
     */
    @SuppressWarnings("serial")
    static final class EndlessRetriesException extends RuntimeException {}

    boolean exception;
    boolean rollback;
    /**
     * Whether the exchange has the property from which Camel restores the exception after a handler that did not handle
     * it.
     */
    boolean caught;
    /** Whether a doTry has begun and no doTry has ended since. */
    boolean inTry;
    /** Whether a multicast or split has failed. No error handler processes such an exception. */
    boolean exhausted;
    /** The splits whose aggregation strategy is in a property of the exchange. */
    Set<Object> splits = Set.of();

    /** Whether an error handler has handled the failure; null before. Camel never changes it later. */
    @Nullable
    private Boolean handled;

    private boolean failureHandled;
    private int retries;
    private int retriesBefore;

    /** The number of failure handlers that are processing the exchange. */
    private int handlers;

    /** Whether a failure has disappeared without being handled. */
    private boolean lost;

    /** Whether the exchange was sent asynchronously while a failure was processed. */
    private boolean inherited;

    @Nullable
    private SimulatedExchange caller;

    /** The first exchange with the same unit of work. */
    private SimulatedExchange first = this;

    /** The property that marks a queued exchange which has taken over the onCompletion. */
    @Nullable
    private Boolean completes;

    /** The queued copy that has taken over the onCompletion. */
    @Nullable
    private SimulatedExchange queued;

    /** Returns a copy with a separate unit of work, for which this exchange waits. */
    SimulatedExchange copy() {
        SimulatedExchange copy = copyInUnitOfWork();
        copy.first = copy;
        return copy;
    }

    /** Returns a copy for which no exchange waits. */
    SimulatedExchange sendAsynchronously() {
        SimulatedExchange copy = copy();
        copy.caller = null;
        copy.inherited = isFailing();
        copy.handlers = 0;
        copy.lost = false;
        return copy;
    }

    /** Returns a copy for which no exchange waits, and which takes over the onCompletion. */
    SimulatedExchange sendToQueue() {
        SimulatedExchange copy = sendAsynchronously();
        first.queued = first.queued == null ? copy : first.queued;
        copy.completes = completes == null || completes;
        return copy;
    }

    SimulatedExchange copyInUnitOfWork() {
        SimulatedExchange copy = new SimulatedExchange();
        copy.copyMarks(this);
        copy.caught = caught;
        copy.inTry = inTry;
        copy.splits = splits;
        copy.completes = completes;
        copy.handlers = handlers;
        copy.lost = lost;
        copy.inherited = inherited;
        copy.first = first;
        copy.caller = this;
        return copy;
    }

    /** Copies the result of a copy to this exchange. Properties that were removed from the copy remain. */
    void takeResults(SimulatedExchange result) {
        copyMarks(result);
        failureHandled = result.failureHandled;
        caught |= result.caught;
        inTry |= result.inTry;
        splits = result.splits.isEmpty() ? splits : result.splits;
        lost |= result.lost;
    }

    private void copyMarks(SimulatedExchange other) {
        exception = other.exception;
        rollback = other.rollback;
        exhausted = other.exhausted;
        handled = other.handled;
        retries = other.retries;
    }

    void removeProperties(String pattern) {
        caught = false;
        if (!pattern.equals("CamelExceptionCaught")) {
            splits = Set.of();
            completes = completes == null ? null : false;
        }
        if (pattern.equals("*")) {
            inTry = false;
        }
    }

    /** Returns whether a pipeline skips its remaining steps. */
    boolean isStopped() {
        return exception || rollback || isHandled();
    }

    boolean isHandled() {
        return Boolean.TRUE.equals(handled);
    }

    /** Returns whether an error handler has processed the exception. */
    boolean isProcessed() {
        return failureHandled;
    }

    boolean isLost() {
        return lost;
    }

    boolean hasFailed() {
        return isStopped() || lost;
    }

    /** Returns whether a report must report a failed run. */
    boolean isFailing() {
        return hasFailed() || inherited || handlers > 0;
    }

    /** Returns the exchange at whose end Camel runs the onCompletion of this exchange. */
    SimulatedExchange atCompletion() {
        return first.queued == null ? this : first.queued.atCompletion();
    }

    /** Returns whether a removal of properties has removed the onCompletion that this exchange has taken over. */
    boolean hasLostCompletion() {
        return Boolean.FALSE.equals(completes);
    }

    /** Returns the copy that the onCompletion processes. */
    SimulatedExchange forCompletion(boolean sameExchange) {
        SimulatedExchange copy = copyInUnitOfWork();
        copy.first = copy;
        copy.failureHandled = sameExchange && failureHandled;
        copy.handlers += isFailing() ? 1 : 0;
        copy.exception = false;
        copy.rollback = false;
        copy.exhausted = false;
        copy.handled = null;
        return copy;
    }

    void beginCountOfRetries() {
        retriesBefore = retries;
        retries = 0;
    }

    void endCountOfRetries() {
        retries = retriesBefore;
    }

    /** Processes the failure as part of a doCatch, a doFinally or an error handler. */
    void handle(Runnable handler) {
        handlers++;
        handler.run();
        handlers--;
    }

    /** Marks the failure as lost for this exchange and for all exchanges that wait for it. */
    void lose() {
        for (SimulatedExchange next = this; next != null; next = next.caller) {
            next.lost = true;
        }
    }

    /** Processes the exchange within an error handler. */
    void process(ErrorHandling errors, Runnable handler, Consumer<SimulatedExchange> target) {
        switch (errors) {
            case NONE -> {
                target.accept(this);
                exhausted = false;
            }
            case DEFAULT -> processOnce(target);
            case RETRY, RETRY_THEN_HANDLED -> processAgain(errors, 1, handler, target);
            case NOT_HANDLED, HANDLED, CONTINUED, DEAD_LETTER -> processAgain(errors, 0, handler, target);
        }
    }

    private boolean needsHandling() {
        return exception && !exhausted && !failureHandled;
    }

    private void processOnce(Consumer<SimulatedExchange> target) {
        if (!needsHandling()) {
            target.accept(this);
        }
        if (needsHandling()) {
            caught = true;
            end(true);
        }
    }

    private void processAgain(
            ErrorHandling errors, int maxRetries, Runnable handler, Consumer<SimulatedExchange> target) {
        boolean failed = exception;
        int attempts = 0;
        int calls = 0;
        do {
            if (++calls > MANY_RETRIES) {
                throw new EndlessRetriesException();
            }
            if (exception) {
                caught = true;
                failed = true;
                attempts = ++retries;
            }
            if (exhausted || rollback || attempts > maxRetries) {
                handle(errors, failed, handler);
                return;
            }
            exception = false;
            rollback = false;
            target.accept(this);
        } while (needsHandling());
    }

    /** @param failed whether there was an exception, for which Camel searches an onException */
    private void handle(ErrorHandling errors, boolean failed, Runnable handler) {
        boolean deadLetter = errors == ErrorHandling.DEAD_LETTER;
        boolean continues = failed && errors == ErrorHandling.CONTINUED;
        boolean handles = deadLetter
                || (failed && (errors == ErrorHandling.HANDLED || errors == ErrorHandling.RETRY_THEN_HANDLED));
        exception = false;
        if (handles || continues) {
            retries = 0;
            exhausted = false;
            rollback = false;
        } else {
            retries = Math.max(0, retries - 1);
        }
        if (deadLetter || (failed && errors.hasHandler())) {
            handle(handler);
            if (exception) {
                caught = true;
                handled = deadLetter ? null : Boolean.FALSE;
            }
        }
        exception = false;
        if (handled == null && continues) {
            retries = 0;
            failureHandled = false;
        } else {
            handled = (handled == null && handles) ? Boolean.TRUE : handled;
            end(failed);
        }
    }

    /** Ends an error handler. Camel restores the exception from the property if it is not handled. */
    private void end(boolean failed) {
        failureHandled = true;
        handled = isHandled();
        exception = caught && !isHandled();
        if (failed && !exception && !isHandled()) {
            lose();
        }
    }
}
