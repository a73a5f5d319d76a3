package io.github.camelpushgateway.published;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of the project. Other modules may be built meanwhile, so nothing in their {@code target} is read. */
final class Modules {

    static final Path ROOT = Path.of("../..");

    private Modules() {}

    /** Returns the folders that have a pom. */
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
