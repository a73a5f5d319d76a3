package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lookup and execution of other programs. */
final class Programs {

    private static final long MINUTES = 5;

    private Programs() {}

    /** Returns the first of the programs that is on the PATH. */
    static Optional<Path> find(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs a program and waits until it ends.
     *
     * @throws IOException if it fails; the message contains its output
     */
    static void run(List<String> command, Path folder) throws IOException {
        Output output = execute(command, folder);
        if (output.status() != 0) {
            throw new IOException(command.get(0) + " failed: " + output.text().strip());
        }
    }

    /** Runs a program and waits until it ends, successfully or not. */
    static Output execute(List<String> command, Path folder) throws IOException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command.get(0) + " did not end within " + MINUTES + " minutes");
            }
            return new Output(process.exitValue(), Files.readString(output, UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " was running", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Exit status and complete output of a program. */
    record Output(int status, String text) {}
}
