package io.github.camelpushgateway.gettingstarted;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A local Maven repository in which the artifacts of this build are installed, as {@code mvnw install} would do. All other folders are links
 * to the local repository of the user, so that each build downloads an artifact at most once, and can be offline.
 */
public final class ReactorRepository {

    private static final String GROUP = "io/github/camel-pushgateway";

    private static final Map<String, String> MODULES = new TreeMap<>(Map.of(
            "camel-pushgateway-parent", "",
            "camel-pushgateway", "camel-pushgateway",
            "camel-pushgateway-starter", "camel-pushgateway-starter",
            "camel-pushgateway-test-infra", "camel-pushgateway-test-infra",
            "camel-pushgateway-quarkus-parent", "camel-pushgateway-quarkus",
            "camel-pushgateway-quarkus", "camel-pushgateway-quarkus/runtime",
            "camel-pushgateway-quarkus-deployment", "camel-pushgateway-quarkus/deployment"));

    private final Path folder;
    private final String version;

    private ReactorRepository(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /**
     * Creates the repository. An artifact that is not packaged yet is left out.
     *
     * @param folder the folder, which may contain the repository of an earlier build
     * @param localRepository the local repository of the user
     * @param version the version of the project
     */
    public static Path create(Path folder, Path localRepository, String version) throws IOException {
        ReactorRepository repository = new ReactorRepository(folder, version);
        repository.link(localRepository, Path.of(GROUP));
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            repository.install(module.getKey(), ManualPage.ROOT.resolve(module.getValue()));
        }
        return folder;
    }

    /** Links all folders except those on the path to the artifacts of the project. */
    private void link(Path localRepository, Path group) throws IOException {
        Path from = localRepository;
        Path to = folder;
        for (Path name : group) {
            Files.createDirectories(to);
            for (Path child : children(from)) {
                Path link = to.resolve(child.getFileName());
                if (Files.isSymbolicLink(link)) {
                    Files.delete(link);
                }
                if (!child.endsWith(name) && !Files.exists(link)) {
                    Files.createSymbolicLink(link, child.toAbsolutePath());
                }
            }
            from = from.resolve(name);
            to = to.resolve(name);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private void install(String artifact, Path module) throws IOException {
        Path target = folder.resolve(GROUP).resolve(artifact).resolve(version);
        Files.createDirectories(target);
        Files.copy(module.resolve("pom.xml"), target.resolve(artifact + '-' + version + ".pom"), REPLACE_EXISTING);
        String jar = artifact + '-' + version + ".jar";
        if (Files.exists(module.resolve("target").resolve(jar))) {
            Files.copy(module.resolve("target").resolve(jar), target.resolve(jar), REPLACE_EXISTING);
        }
    }
}
