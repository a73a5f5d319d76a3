package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.client.transport.Redaction;
import io.github.camelpushgateway.metrics.Excerpt;
import java.io.PrintStream;

/** The printed result: one line for each step. It contains no secret, even if a server repeats one. */
final class Findings {

    private static final int MAX_LENGTH = 1_000;

    private final PrintStream out;
    private final Redaction secrets;

    /**
     * Creates an empty result.
     *
     * @param out receives the lines
     * @param secrets the credentials that are sent
     */
    Findings(PrintStream out, Redaction secrets) {
        this.out = out;
        this.secrets = secrets;
    }

    /** Prints a step that is ok. */
    void ok(String step, String result) {
        print("ok", step, result);
    }

    /** Prints a step that is ok, with a problem that does not prevent pushes. */
    void warn(String step, String problem) {
        print("warn", step, problem);
    }

    /** Prints the step that failed, and the remedy. */
    void failed(StepException failure) {
        print("failed", failure.step(), String.valueOf(failure.getMessage()));
        if (!failure.remedy().isEmpty()) {
            note(failure.remedy());
        }
    }

    /** Prints a sentence below a step. */
    void note(String sentence) {
        print("", "", sentence);
    }

    /** Prints the result of all steps. */
    void summary(String sentence) {
        out.println(safe(sentence));
    }

    private void print(String mark, String step, String text) {
        out.println(String.format("%-8s%-9s%s", mark, step, safe(text)));
    }

    private String safe(String text) {
        return Excerpt.shortened(Excerpt.escaped(secrets.apply(text)), MAX_LENGTH);
    }
}
