package io.github.camelpushgateway.examples;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the example files for Kubernetes. */
final class KubernetesFiles {

    private static final String PROPERTIES = "/kubernetes/application.properties";
    private static final String MANIFEST = "/kubernetes/cronjob.yaml";

    private KubernetesFiles() {}

    private static InputStream open(String file) {
        return requireNonNull(KubernetesFiles.class.getResourceAsStream(file));
    }

    static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = open(PROPERTIES)) {
            properties.load(file);
        }
        return properties;
    }

    static void copyProperties(Path folder) throws IOException {
        try (InputStream file = open(PROPERTIES)) {
            Files.copy(file, folder.resolve("application.properties"));
        }
    }

    /** Returns a value of the manifest. Each name is a key of a map; the items of lists are merged into their first item. */
    static Object manifest(String... path) throws IOException {
        Object value;
        try (InputStream file = open(MANIFEST)) {
            value = new Load(LoadSettings.builder().build()).loadFromInputStream(file);
        }
        for (String name : path) {
            Object found = ((Map<?, ?>) (value instanceof List<?> list ? list.get(0) : value)).get(name);
            if (found == null) {
                throw new IOException(MANIFEST + " has no " + String.join(".", path));
            }
            value = found;
        }
        return value;
    }

    /** Returns a value of the container in the manifest. */
    static Object container(String name) throws IOException {
        return manifest("spec", "jobTemplate", "spec", "template", "spec", "containers", name);
    }

    static Class<?> mainClass() throws Exception {
        List<?> command = (List<?>) container("command");
        return Class.forName(String.valueOf(command.get(command.size() - 1)));
    }

    /** Returns the environment variables with their values, or the sources of their values. */
    static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        for (Object variable : (List<?>) container("env")) {
            Map<?, ?> entry = (Map<?, ?>) variable;
            String value = entry.get("valueFrom") instanceof Map<?, ?> source
                    ? source(source)
                    : String.valueOf(entry.get("value"));
            environment.put(String.valueOf(entry.get("name")), value);
        }
        return environment;
    }

    private static String source(Map<?, ?> source) {
        if (source.get("secretKeyRef") instanceof Map<?, ?> secret) {
            return "secret " + secret.get("name") + "/" + secret.get("key");
        }
        return source.get("fieldRef") instanceof Map<?, ?> field
                ? String.valueOf(field.get("fieldPath"))
                : source.toString();
    }
}
