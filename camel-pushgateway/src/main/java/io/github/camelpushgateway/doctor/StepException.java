package io.github.camelpushgateway.doctor;

/** Thrown when a step fails, with the problem and its remedy. */
final class StepException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String step;
    private final String remedy;

    StepException(String step, String problem, String remedy) {
        super(problem);
        this.step = step;
        this.remedy = remedy;
    }

    /** Returns the step, such as {@code tls}. */
    String step() {
        return step;
    }

    /** Returns what to do, as one or two sentences, or an empty string if the problem says it. */
    String remedy() {
        return remedy;
    }
}
