package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Pushgateway in a separate process, on a free port of the loopback address, without persistence. It ends with the
 * JVM.
 */
final class PushgatewayProcess implements GatewayControl {

    private static final long PAUSE_SECONDS = 5;

    private final List<String> command;
    private final PushgatewaySetup setup;
    private volatile ListeningProcess process;

    /**
     * Starts the process.
     *
     * @param command the command without the flag of the listen address
     */
    private PushgatewayProcess(List<String> command, Path folder, PushgatewaySetup setup) throws IOException {
        this.command = command;
        this.setup = setup;
        process = start(0, folder);
    }

    static PushgatewayProcess start(Path program, PushgatewaySetup setup) throws IOException {
        WebConfig config = WebConfig.of(setup);
        Path folder = Files.createTempDirectory("pushgateway");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (!setup.isPersistent()) {
            // some packages set a persistence file by default
            command.add("--persistence.file=");
        }
        command.addAll(setup.allFlags());
        if (!config.isEmpty()) {
            for (Map.Entry<String, byte[]> file : config.files().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            command.add("--web.config.file=" + folder.resolve(WebConfig.NAME));
        }
        return new PushgatewayProcess(command, folder, setup);
    }

    private ListeningProcess start(int port, Path folder) throws IOException {
        List<String> withPort = new ArrayList<>(command);
        withPort.add(1, ListeningProcess.listenFlag(port));
        return ListeningProcess.start(withPort, folder);
    }

    Pushgateway asPushgateway(String source) {
        String scheme = setup.certificates() == null ? "http" : "https";
        return new Pushgateway(scheme + "://127.0.0.1:" + process.port() + setup.pathPrefix(), source, setup, this);
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

    @Override
    public void signalEnd(EndSignal signal) throws IOException {
        signal.validateStatus(process.end(signal == EndSignal.KILL));
    }

    @Override
    public void restart() throws IOException {
        process = start(process.port(), process.folder());
    }

    /** Waits until all threads are stopped, as shown in /proc: a signal stops each thread separately. */
    private void awaitStopped() throws IOException {
        Path tasks = Path.of("/proc", String.valueOf(process.pid()), "task");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);
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
            // the state follows the name, which is in parentheses
            String stat = Files.readString(thread.resolve("stat"), UTF_8);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException e) {
            return true; // ended meanwhile
        }
    }

    private void signal(String name) throws IOException {
        Programs.run(List.of("kill", "-" + name, String.valueOf(process.pid())), process.folder());
    }

    @Override
    public void stop() {
        process.stop();
    }
}
