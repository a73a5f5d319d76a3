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

/** A JVM that runs {@link NightlyMain}, and whatever its properties say. */
final class ChildJvm implements AutoCloseable {

    /** For a JVM to start or to end on a machine that has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final CompletableFuture<Instant> end;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.end = process.onExit().thenApply(ended -> Instant.now());
    }

    /**
     * Starts it.
     *
     * @param folder comes first on its class path, and is where its log goes
     */
    static ChildJvm start(Path folder, Map<String, String> properties) throws IOException {
        return start(folder, properties, Map.of());
    }

    /** Starts it with environment variables in addition. */
    static ChildJvm start(Path folder, Map<String, String> properties, Map<String, String> variables)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // it lives for a few seconds, which is too short for the second compiler or a collector with threads to pay
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Dlogback.configurationFile=logback-child.xml");
        properties.forEach((name, value) -> command.add("-D" + name + '=' + value));
        command.add("-cp");
        command.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(NightlyMain.class.getName());
        Path log = folder.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return new ChildJvm(builder.start(), log);
    }

    /** Waits until it has logged these words, which it can do no more once it has ended. */
    void awaitLog(String words) {
        await().atMost(PATIENCE)
                .failFast(() -> {
                    assertThat(process.isAlive() || log().contains(words))
                            .as(log())
                            .isTrue();
                })
                .until(() -> log().contains(words));
    }

    /** Returns when, by its own clock, it logged these words. */
    Instant timeOf(String words) {
        Optional<String> line =
                log().lines().filter(said -> said.contains(words)).findFirst();
        assertThat(line).as(log()).isPresent();
        return OffsetDateTime.parse(line.orElseThrow().split(" ", 2)[0]).toInstant();
    }

    /** Sends it a SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Tells {@link Work#untilTold()} that the work is done. */
    void tell() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits for its end, and returns its exit code. */
    int awaitEnd() {
        await().atMost(PATIENCE).until(end::isDone);
        return process.exitValue();
    }

    /** Returns when it ended. */
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

    /** Kills it, if it is still there. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        end.join();
    }
}
