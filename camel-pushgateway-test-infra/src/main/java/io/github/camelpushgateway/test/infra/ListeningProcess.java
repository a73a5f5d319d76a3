package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Separate process of a program of the Prometheus project, which listens on a free port of the loopback address. It
 * uses a temporary folder, which is deleted at the end. The process ends with the JVM.
 */
final class ListeningProcess {

    /** Flag that makes the program choose a free port. */
    static final String LISTEN_FLAG = listenFlag(0);

    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 5;
    private static final Pattern LISTENING =
            Pattern.compile("Listening on\"?(?: component=web)? address=\"?127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path folder;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread atExit;

    private ListeningProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.atExit = new Thread(this::kill, folder.getFileName() + "-at-exit");
    }

    /** Returns the flag that makes the program listen on a port. */
    static String listenFlag(int port) {
        return "--web.listen-address=127.0.0.1:" + port;
    }

    /** Starts a program, and waits until it listens. The process then owns the folder. */
    static ListeningProcess start(List<String> command, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        ListeningProcess started = new ListeningProcess(process, folder);
        Runtime.getRuntime().addShutdownHook(started.atExit);
        started.readOutput();
        return started.awaitPort();
    }

    /** Returns a matcher for the log entry with the port, which is the first group. */
    static Matcher listening(String log) {
        return LISTENING.matcher(log);
    }

    private void readOutput() {
        Thread reader = new Thread(
                () -> {
                    StringBuilder output = new StringBuilder();
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            Matcher listening = listening(line);
                            if (listening.find()) {
                                port.complete(Integer.parseInt(listening.group(1)));
                            } else if (!port.isDone()) {
                                output.append(line).append('\n');
                            }
                        }
                    } catch (IOException e) {
                        output.append(e);
                    }
                    port.completeExceptionally(
                            new IOException("it exited: " + output.toString().strip()));
                },
                folder.getFileName() + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    private ListeningProcess awaitPort() throws IOException {
        try {
            port.get(START_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            stop();
            throw new IOException("it did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it started", e);
        }
    }

    int port() {
        return port.join();
    }

    long pid() {
        return process.pid();
    }

    Path folder() {
        return folder;
    }

    /**
     * Ends the process by a signal, and keeps the folder for a restart.
     *
     * @param forcibly whether to kill the process
     * @return the exit status
     */
    int end(boolean forcibly) {
        Runtime.getRuntime().removeShutdownHook(atExit);
        signal(forcibly);
        return process.exitValue();
    }

    /** Ends the process, and deletes its folder. */
    void stop() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
    }

    private void kill() {
        signal(false);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // a temporary folder that cannot be deleted is not an error
        }
    }

    private void signal(boolean forcibly) {
        // Process.destroy() would also close the output pipe, and the program would fail when it logs its shutdown
        ProcessHandle handle = process.toHandle();
        if (forcibly) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
