package io.github.camelpushgateway.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The sources of the manual, in the layout of an Antora component with one module.
 *
 * @param pages the text of each page by its name without {@code .adoc}
 * @param navigation the text of {@code nav.adoc}
 * @param images the files of the folder for images
 * @param attachments the files of the folder for attachments, which are copied
 * @param javadoc the Javadoc of the modules beside the folder
 * @param title the title of the component
 * @param attributes the AsciiDoc attributes that {@code antora.yml} defines for all pages
 */
record Manual(
        SortedMap<String, String> pages,
        String navigation,
        List<Path> images,
        List<Path> attachments,
        Javadoc javadoc,
        String title,
        Map<String, Object> attributes) {

    private static final String EXTENSION = ".adoc";

    /** Reads the files in a folder that contains {@code antora.yml}, in the repository of the modules. */
    static Manual read(Path folder) throws IOException {
        Path module = folder.resolve("modules/ROOT");
        SortedMap<String, String> pages = new TreeMap<>();
        for (Path page : files(module.resolve("pages"))) {
            String name = page.getFileName().toString();
            if (!name.endsWith(EXTENSION)) {
                throw new IOException("not a page: " + page);
            }
            pages.put(name.substring(0, name.length() - EXTENSION.length()), Files.readString(page, UTF_8));
        }
        Map<?, ?> component = yaml(folder.resolve("antora.yml"));
        Map<String, Object> attributes = new TreeMap<>();
        if (component.get("asciidoc") instanceof Map<?, ?> asciidoc
                && asciidoc.get("attributes") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> attributes.put(String.valueOf(name), value));
        }
        return new Manual(
                pages,
                Files.readString(module.resolve("nav.adoc"), UTF_8),
                files(module.resolve("images")),
                files(module.resolve("attachments")),
                new Javadoc(folder.resolve("..")),
                String.valueOf(component.get("title")),
                attributes);
    }

    private static Map<?, ?> yaml(Path file) throws IOException {
        Object content = new Load(
                        LoadSettings.builder().setLabel(file.toString()).build())
                .loadFromString(Files.readString(file, UTF_8));
        return content instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
