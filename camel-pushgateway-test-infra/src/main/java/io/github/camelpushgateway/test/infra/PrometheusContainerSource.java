package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Source that uses the image of the Prometheus project. The container shares the network of the host, so it can reach
 * programs that listen on the loopback address, and itself listens there.
 */
final class PrometheusContainerSource implements PrometheusSource {

    private static final String IMAGE = "prom/prometheus:v";
    private static final String FOLDER = "/etc/prometheus/";

    @Override
    public Prometheus start(int major, Path folder) throws IOException {
        GenericContainer<?> container = container(major, folder, "/bin/prometheus")
                .withCommand(
                        ListeningProcess.LISTEN_FLAG,
                        "--config.file=" + FOLDER + Prometheus.CONFIG,
                        "--storage.tsdb.path=/prometheus")
                .withStartupCheckStrategy(new LogOrExitCheck(
                        log -> ListeningProcess.listening(log).find()));
        start(container, IMAGE + major);
        String log = container.getLogs();
        Matcher port = ListeningProcess.listening(log);
        if (!port.find()) {
            container.stop();
            throw new IllegalStateException(IMAGE + major + " does not run with " + folder + ": " + log.strip());
        }
        return new Prometheus("http://127.0.0.1:" + port.group(1), "the container " + IMAGE + major, container::stop);
    }

    @Override
    public Promtool.Result promtool(int major, Path folder, List<String> arguments) throws IOException {
        try (GenericContainer<?> container = container(major, folder, "/bin/promtool")
                .withCommand(arguments.toArray(String[]::new))
                .withStartupCheckStrategy(new LogOrExitCheck(log -> false))) {
            start(container, IMAGE + major);
            Long status = container.getCurrentContainerInfo().getState().getExitCodeLong();
            return new Promtool.Result(status == null ? -1 : status.intValue(), container.getLogs());
        }
    }

    private static GenericContainer<?> container(int major, Path folder, String program) throws IOException {
        requireEngine();
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE + major));
        container
                .withNetworkMode("host")
                .withWorkingDirectory(FOLDER)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint(program));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                container.withCopyToContainer(Transferable.of(Files.readAllBytes(file)), FOLDER + file.getFileName());
            }
        }
        return container;
    }

    private static void requireEngine() throws IOException {
        DockerClientFactory engine = DockerClientFactory.instance();
        if (!engine.isDockerAvailable()) {
            throw new IOException("there is no container engine");
        }
        if (!Set.of("localhost", "127.0.0.1").contains(engine.dockerHostIpAddress())
                || "Docker Desktop".equals(engine.getInfo().getOperatingSystem())) {
            throw new IOException("the container engine does not share the network of the host");
        }
    }

    /** Starts a container. It fails if the image does not exist, or does not contain the program. */
    private static void start(GenericContainer<?> container, String image) throws IOException {
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            throw new IOException(image + " cannot be used: " + rootCause(e), e);
        }
    }

    private static String rootCause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }
}
