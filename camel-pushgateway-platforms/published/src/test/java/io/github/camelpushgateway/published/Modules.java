package io.github.camelpushgateway.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of the project. It does not read their {@code target} folders, because Maven builds modules concurrently. */
final class Modules {

    static final Path ROOT = Path.of("../..");

    private Modules() {}

    /** Returns the folders that contain a pom. */
    static List<Path> folders() {
        return Stream.iterate(List.of(ROOT), Modules::children)
                .limit(3)
                .flatMap(List::stream)
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .toList();
    }

    private static List<Path> children(List<Path> folders) {
        return folders.stream().flatMap(folder -> children(folder).stream()).toList();
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.isDirectory(child) && !child.endsWith("target"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
