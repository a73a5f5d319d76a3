package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A child JVM that runs an application with the properties of a test. */
final class ChildJvm implements AutoCloseable {

    /** The time limit for a JVM to start or to end on a busy machine. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final CompletableFuture<Instant> end;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.end = process.onExit().thenApply(exited -> Instant.now());
    }

    /**
     * Starts a child JVM.
     *
     * @param folder the first entry of the class path, and the folder of the log
     */
    static ChildJvm start(Path folder, Map<String, String> properties) throws IOException {
        return start(folder, properties, Map.of());
    }

    /** Starts a child JVM with additional environment variables. */
    static ChildJvm start(Path folder, Map<String, String> properties, Map<String, String> variables)
            throws IOException {
        return start(NightlyMain.class, folder, properties, variables);
    }

    /** Starts a child JVM that runs another class. */
    static ChildJvm start(Class<?> main, Path folder, Map<String, String> properties, Map<String, String> variables)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // the process runs for a few seconds, too short to benefit from the C2 compiler or a parallel collector
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Dlogback.configurationFile=logback-child.xml");
        properties.forEach((name, value) -> command.add("-D" + name + '=' + value));
        command.add("-cp");
        command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(main.getName());
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return new ChildJvm(builder.start(), log);
    }

    /** Waits until the log contains the text. Fails if the JVM ends before. */
    void awaitLog(String text) {
        await().atMost(TIMEOUT)
                .failFast(() -> {
                    assertThat(process.isAlive() || log().contains(text))
                            .as(log())
                            .isTrue();
                })
                .until(() -> log().contains(text));
    }

    /** Returns the time stamp of the first log line that contains the text. */
    Instant timeOf(String text) {
        Optional<String> first =
                log().lines().filter(line -> line.contains(text)).findFirst();
        assertThat(first).as(log()).isPresent();
        return OffsetDateTime.parse(first.orElseThrow().split(" ", 2)[0]).toInstant();
    }

    /** Sends SIGTERM to the JVM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends {@link Work#untilInput()}: writes a line to the standard input of the JVM. */
    void writeLine() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits for the end of the JVM, and returns its exit code. */
    int awaitEnd() {
        await().atMost(TIMEOUT).until(end::isDone);
        return process.exitValue();
    }

    /** Returns the time at which the JVM ended. */
    Instant end() {
        return end.join();
    }

    String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Kills the JVM if it is still running. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        end.join();
    }
}
