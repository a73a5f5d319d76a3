package io.github.camelpushgateway.report;

import io.github.camelpushgateway.report.RandomRoute.ErrorHandling;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state of an exchange by which Camel decides how to go on after a failure, and Camel's rules for error handlers. */
final class SimulatedExchange {

    private static final int MANY_RETRIES = 100;

    /** Camel would retry forever: it counts retries in a header, which error handlers of what is called reset. */
    @SuppressWarnings("serial")
    static final class EndlessRetriesException extends RuntimeException {}

    boolean exception;
    boolean rollback;
    /** The property that Camel takes the exception from after a handler that did not handle it. */
    boolean caught;
    /** Whether a doTry has begun and none has ended since. */
    boolean inTry;
    /** Whether a multicast or a split has failed, whose exception no error handler processes. */
    boolean exhausted;
    /** The splits that find their aggregation strategy in a property of the exchange. */
    Set<Object> splits = Set.of();

    /** What an error handler has decided; nothing before. Camel never changes it later. */
    @Nullable
    private Boolean handled;

    private boolean failureHandled;
    private int retries;
    private int retriesBefore;

    /** How many handlers of failures are processing the exchange. */
    private int handlers;

    /** Whether a failure has disappeared without being handled. */
    private boolean lost;

    /** Whether the exchange was sent off while a failure was processed. */
    private boolean inherited;

    @Nullable
    private SimulatedExchange caller;

    /** The exchange with the same unit of work that came first. */
    private SimulatedExchange first = this;

    /** The property by which an exchange in a queue knows of the onCompletion that it has taken over. */
    @Nullable
    private Boolean completes;

    /** The copy in a queue to which Camel has handed onCompletion over. */
    @Nullable
    private SimulatedExchange queued;

    /** Returns a copy with a unit of work of its own that this exchange waits for. */
    SimulatedExchange copy() {
        SimulatedExchange copy = copyInUnitOfWork();
        copy.first = copy;
        return copy;
    }

    /** Returns a copy that nobody waits for. */
    SimulatedExchange sendOff() {
        SimulatedExchange copy = copy();
        copy.caller = null;
        copy.inherited = isFailing();
        copy.handlers = 0;
        copy.lost = false;
        return copy;
    }

    /** Returns a copy that nobody waits for, and that takes onCompletion with it. */
    SimulatedExchange sendToQueue() {
        SimulatedExchange copy = sendOff();
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

    /** Copies the result of a copy to this exchange. Removed properties stay. */
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

    /** Tells whether a pipeline leaves out its further steps. */
    boolean isStopped() {
        return exception || rollback || isHandled();
    }

    boolean isHandled() {
        return Boolean.TRUE.equals(handled);
    }

    /** Tells whether an error handler has processed the exception. */
    boolean isProcessed() {
        return failureHandled;
    }

    boolean isLost() {
        return lost;
    }

    boolean hasFailed() {
        return isStopped() || lost;
    }

    /** Tells whether a report must say that the run has failed. */
    boolean isFailing() {
        return hasFailed() || inherited || handlers > 0;
    }

    /** Returns the exchange at whose end Camel runs the onCompletion of this one. */
    SimulatedExchange atCompletion() {
        return first.queued == null ? this : first.queued.atCompletion();
    }

    /** Tells whether a clean-up has removed the onCompletion that this exchange has taken over. */
    boolean hasLostCompletion() {
        return Boolean.FALSE.equals(completes);
    }

    /** The copy that processes onCompletion. */
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

    /** No exchange that waits for this one sees the failure. */
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

    /** @param failed whether there was an exception, by which Camel finds an onException */
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

    /** The error handler has processed the failure. Camel takes the exception from the property if it is not handled. */
    private void end(boolean failed) {
        failureHandled = true;
        handled = isHandled();
        exception = caught && !isHandled();
        if (failed && !exception && !isHandled()) {
            lose();
        }
    }
}
