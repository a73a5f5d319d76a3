package io.github.camelpushgateway.published;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sources that are published with the artifacts. */
class PublishedSourcesTest {

    /** Camel's generators write the licence header of the Apache Software Foundation. */
    @Test
    void sourcesHaveNoLicenceHeaderOfTheFoundation() {
        List<Path> sources = sources();

        assertThat(sources)
                .anyMatch(path -> path.endsWith("EndpointBuilders.java"))
                .anyMatch(path -> path.endsWith("PushgatewayComponent.java"));
        assertThat(sources)
                .filteredOn(path -> text(path).contains("Licensed to the Apache Software Foundation"))
                .isEmpty();
    }

    private static List<Path> sources() {
        return Modules.folders().stream()
                .flatMap(module -> Stream.of("src/main", "src/generated").map(module::resolve))
                .filter(Files::isDirectory)
                .flatMap(PublishedSourcesTest::files)
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
