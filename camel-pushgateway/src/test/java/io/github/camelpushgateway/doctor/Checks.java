package io.github.camelpushgateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Runs the doctor in this JVM. */
final class Checks {

    private Checks() {}

    /**
     * The result of a check.
     *
     * @param exitCode the exit code
     * @param text the printed lines
     */
    record Result(int exitCode, String text) {

        /** Returns the mark of a step, or an empty text if the step is not printed. */
        String mark(String step) {
            return text.lines()
                    .filter(line -> line.startsWith(step + ' ', 8))
                    .map(line -> line.substring(0, 8).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    static Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    static Result run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        int exitCode = Doctor.run(List.of(arguments), environment, out, out);
        return new Result(exitCode, bytes.toString(UTF_8));
    }
}
