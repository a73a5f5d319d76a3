package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A program on the PATH that listens on a free port of the loopback address. It uses a temporary folder, which is
 * deleted at the end.
 */
public final class LocalProgram implements AutoCloseable {

    private static final int STARTS = 3;
    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 5;

    private final Process process;
    private final Path folder;
    private final int port;

    /** Returns the arguments of a program. */
    @FunctionalInterface
    public interface Arguments {

        /**
         * Returns the arguments.
         *
         * @param port the port of the loopback address on which the program listens
         * @param folder the folder of the program, for its files
         */
        List<String> of(int port, Path folder) throws IOException;
    }

    private LocalProgram(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Returns the path of a program, if it is on the PATH. */
    public static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a program, and waits until it listens. Another process may take the free port, so it is tried again. */
    public static LocalProgram start(Path program, Arguments arguments) throws IOException {
        IOException failure = null;
        for (int i = 0; i < STARTS; i++) {
            LocalProgram started = startOnce(program, arguments);
            try {
                return started.awaitPort();
            } catch (IOException e) {
                started.close();
                failure = e;
            }
        }
        throw failure == null ? new IOException("not started") : failure;
    }

    private static LocalProgram startOnce(Path program, Arguments arguments) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Files.createTempDirectory(program.getFileName().toString());
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments.of(port, folder));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new LocalProgram(process, folder, port);
    }

    private LocalProgram awaitPort() throws IOException {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .until(() -> !process.isAlive() || isListening());
        if (!process.isAlive()) {
            throw new IOException("it exited: " + output());
        }
        return this;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** Returns what the program has printed. */
    public String output() {
        return file("output.txt");
    }

    /** Returns the content of a file in the folder of the program. */
    public String file(String name) {
        try {
            return Files.readString(folder.resolve(name), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
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
            // a temporary folder that cannot be deleted is not an error
        }
    }
}
