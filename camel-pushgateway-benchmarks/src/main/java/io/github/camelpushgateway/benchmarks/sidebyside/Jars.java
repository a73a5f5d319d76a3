package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Class path of each contestant, read from Maven's dependency tree. Below each dependency, the tree shows the jars
 * that it adds to the previous ones.
 */
final class Jars {

    /** Matches a line of the tree: its depth in columns, and group, artifact, packaging and version. */
    private static final Pattern LINE = Pattern.compile("([ |+\\\\-]*)[^:]+:([^:]+):jar:([^:]+).*");

    /** Folder of the jars of client_java's exporter. */
    private static final Path EXPORTER = Path.of("../camel-pushgateway-compatibility/exporter/target/dependency");

    private final Path classes;
    private final Path packed;
    private final List<Path> clientJava;
    private final Map<String, List<Path>> added = new HashMap<>();

    private Jars(Path classes, List<Path> clientJava) throws IOException {
        this.classes = classes;
        packed = pack(classes);
        this.clientJava = clientJava;
    }

    /**
     * Reads the lists of jars.
     *
     * @param folder the folder in which Maven has written the lists
     */
    static Jars in(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(EXPORTER)) {
            Jars found =
                    new Jars(folder.resolveSibling("classes"), jars.sorted().toList());
            found.read(
                    Files.readAllLines(folder.resolve("dependencies.txt"), UTF_8),
                    Files.readString(folder.resolve("classpath.txt"), UTF_8).strip());
            return found;
        }
    }

    private void read(List<String> tree, String classPath) {
        Map<String, Path> paths = new HashMap<>();
        for (String path : classPath.split(File.pathSeparator, -1)) {
            paths.put(Path.of(path).getFileName().toString(), Path.of(path));
        }
        List<Path> current = new ArrayList<>();
        for (String line : tree.subList(1, tree.size())) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                if (parts.group(1).length() <= 3) {
                    current = new ArrayList<>();
                    added.put(parts.group(2), current);
                }
                Path path = paths.get(parts.group(2) + '-' + parts.group(3) + ".jar");
                if (path == null) {
                    throw new IllegalStateException("the class path has no jar for " + line);
                }
                current.add(path);
            }
        }
    }

    /** Returns the class path of a contestant, with the libraries of the metrics if it needs them. */
    String classPath(Client client) {
        return classPath(classes, client);
    }

    /** Returns the class path without a folder of classes, which an archive of classes cannot have. */
    String classPathOfJars(Client client) {
        return classPath(packed, client);
    }

    private static Path pack(Path classes) throws IOException {
        Path jar = classes.resolveSibling("side-by-side.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private String classPath(Path ofContestants, Client client) {
        List<Path> all = new ArrayList<>(List.of(ofContestants));
        switch (client) {
            case COMPONENT, CAMEL, COMPONENT_PROTOBUF, COMPONENT_WITHOUT_GATEWAY -> {
                all.addAll(camel());
                all.addAll(ofComponent());
                all.addAll(addedBy("prometheus-metrics-core"));
                all.addAll(addedBy("prometheus-metrics-exposition-formats"));
            }
            case CAMEL_HTTP -> {
                all.addAll(camel());
                all.addAll(ofCamelHttp());
            }
            case CLIENT_JAVA, CLIENT_JAVA_TEXT, CLIENT_JAVA_READY -> all.addAll(clientJava);
            case JDK, SOCKET -> {}
        }
        return String.join(File.pathSeparator, all.stream().map(Path::toString).toList());
    }

    private List<Path> camel() {
        return Stream.of("camel-main", "camel-core-languages", "camel-direct")
                .flatMap(artifact -> addedBy(artifact).stream())
                .toList();
    }

    /** Returns the jars that the component adds to those of every Camel application. */
    List<Path> ofComponent() {
        return added("camel-pushgateway");
    }

    /** Returns the jars that camel-http adds to those of every Camel application. */
    List<Path> ofCamelHttp() {
        return added("camel-http");
    }

    private List<Path> added(String artifact) {
        return Stream.of(artifact, "httpcore5")
                .flatMap(each -> addedBy(each).stream())
                .toList();
    }

    private List<Path> addedBy(String artifact) {
        List<Path> jars = added.get(artifact);
        if (jars == null) {
            throw new IllegalStateException("the dependency tree does not contain " + artifact);
        }
        return jars;
    }

    /** Returns the total size in bytes. */
    static double bytes(List<Path> jars) {
        return jars.stream().mapToDouble(Jars::size).sum();
    }

    private static double size(Path jar) {
        try {
            return Files.size(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
