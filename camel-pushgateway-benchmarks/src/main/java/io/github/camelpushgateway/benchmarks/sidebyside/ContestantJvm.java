package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Child JVM of a contestant. Its error output is that of this JVM. */
final class ContestantJvm implements AutoCloseable {

    private final Client client;
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader results;

    ContestantJvm(Client client, String classPath, String gateway) throws IOException {
        this.client = client;
        process = java(classPath, ContestantMain.class.getName(), client.name(), gateway)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        results = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Returns a builder for a process of the current JVM with a class path. */
    static ProcessBuilder java(String classPath, String main, String... args) {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                classPath,
                main);
        java.command().addAll(Arrays.asList(args));
        return java.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts a turn, and returns its figures. */
    Map<Measure, Double> turn(String command) throws IOException {
        commands.println(command);
        for (String line = results.readLine(); line != null; line = results.readLine()) {
            if (line.startsWith(ContestantMain.RESULT)) {
                return Figures.parse(line.substring(ContestantMain.RESULT.length()));
            }
        }
        throw new IOException(client.title() + " exited during the turn '" + command + "'");
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
