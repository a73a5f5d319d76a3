package io.github.camelpushgateway.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The versions since which names exist. A new name exists since the version of the project. */
final class Since {

    private static final Path FILE = Path.of("src/test/resources/reference/since.properties");

    private final Map<String, String> known = new TreeMap<>();
    private final Map<String, String> used = new TreeMap<>();
    private final String version;

    Since(String projectVersion) throws IOException {
        version = projectVersion.replace("-SNAPSHOT", "");
        if (Files.exists(FILE)) {
            Files.readString(FILE, UTF_8)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .forEach(line -> known.put(line[0], line[1]));
        }
    }

    String of(String kind, String name) {
        return used.computeIfAbsent(kind + '/' + name, key -> known.getOrDefault(key, version));
    }

    Path file() {
        return FILE;
    }

    /** Returns the content of the file for the names that were used. */
    String content() {
        return used.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + entry.getValue() + '\n')
                .collect(Collectors.joining());
    }
}
