package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Pushgateway as a process of its own: on a free port of the loopback address, without persistence. It ends with the JVM. */
final class PushgatewayProcess implements GatewayControl {

    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 5;
    private static final Pattern LISTENING = Pattern.compile("Listening on\"? address=\"?127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path folder;
    private final PushgatewaySetup setup;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread atExit = new Thread(this::kill, "pushgateway-at-exit");

    private PushgatewayProcess(Process process, Path folder, PushgatewaySetup setup) {
        this.process = process;
        this.folder = folder;
        this.setup = setup;
    }

    static PushgatewayProcess start(Path program, PushgatewaySetup setup) throws IOException {
        WebConfig config = WebConfig.of(setup);
        Path folder = Files.createTempDirectory("pushgateway");
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "--web.listen-address=127.0.0.1:0", "--persistence.file="));
        command.addAll(setup.allFlags());
        if (!config.isEmpty()) {
            for (Map.Entry<String, byte[]> file : config.files().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            command.add("--web.config.file=" + folder.resolve(WebConfig.NAME));
        }
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        PushgatewayProcess started = new PushgatewayProcess(process, folder, setup);
        Runtime.getRuntime().addShutdownHook(started.atExit);
        started.readOutput();
        return started.awaitPort();
    }

    private void readOutput() {
        Thread reader = new Thread(
                () -> {
                    StringBuilder said = new StringBuilder();
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            Matcher listening = LISTENING.matcher(line);
                            if (listening.find()) {
                                port.complete(Integer.parseInt(listening.group(1)));
                            } else if (!port.isDone()) {
                                said.append(line).append('\n');
                            }
                        }
                    } catch (IOException e) {
                        said.append(e);
                    }
                    port.completeExceptionally(
                            new IOException("it ended: " + said.toString().strip()));
                },
                "pushgateway-output");
        reader.setDaemon(true);
        reader.start();
    }

    private PushgatewayProcess awaitPort() throws IOException {
        try {
            port.get(START_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            stop();
            throw new IOException("the gateway did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the gateway started", e);
        }
    }

    Pushgateway asPushgateway(String source) {
        String scheme = setup.certificates() == null ? "http" : "https";
        return new Pushgateway(scheme + "://127.0.0.1:" + port.join() + setup.pathPrefix(), source, setup, this);
    }

    @Override
    public void pause() throws IOException {
        signal("STOP");
        awaitStopped();
    }

    @Override
    public void resume() throws IOException {
        signal("CONT");
    }

    /** A signal reaches each thread by itself: where it can be seen, all are waited for. */
    private void awaitStopped() throws IOException {
        Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (Files.isDirectory(tasks) && System.nanoTime() < end) {
            try (Stream<Path> threads = Files.list(tasks)) {
                if (threads.allMatch(PushgatewayProcess::isStopped)) {
                    return;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            // the state follows the name, which stands in brackets
            String stat = Files.readString(thread.resolve("stat"), UTF_8);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return true; // ended meanwhile
        }
    }

    private void signal(String name) throws IOException {
        Programs.run(List.of("kill", "-" + name, String.valueOf(process.pid())), folder);
    }

    @Override
    public void stop() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
    }

    private void kill() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // a temporary folder that stays behind is no reason to fail
        }
    }
}
