package io.github.camelpushgateway.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.slf4j.LoggerFactory;

/** The libraries that each push needs. A class of them that is missing looks like a failed connection to the client. */
final class Libraries {

    private static final String STEP = "jars";

    /** The artifacts by the beginning of the names of their classes; the longer names come first. */
    private static final Map<String, String> ARTIFACTS = new LinkedHashMap<>();

    static {
        ARTIFACTS.put("io.prometheus.metrics.config.", "io.prometheus:prometheus-metrics-config");
        ARTIFACTS.put("io.prometheus.metrics.annotations.", "io.prometheus:prometheus-metrics-annotations");
        ARTIFACTS.put(
                "io.prometheus.metrics.expositionformats.", "io.prometheus:prometheus-metrics-exposition-formats");
        ARTIFACTS.put("io.prometheus.metrics.", "io.prometheus:prometheus-metrics-model");
        ARTIFACTS.put("com.fasterxml.jackson.core.", "com.fasterxml.jackson.core:jackson-core");
        ARTIFACTS.put("org.apache.hc.core5.", "org.apache.httpcomponents.core5:httpcore5");
        ARTIFACTS.put("org.slf4j.", "org.slf4j:slf4j-api");
        ARTIFACTS.put("io.airlift.", "io.airlift:aircompressor");
    }

    private Libraries() {}

    /** Loads classes of each library. */
    static void check() throws StepException {
        try {
            Objects.requireNonNull(LoggerFactory.class);
            Objects.requireNonNull(Http1Config.class);
            Objects.requireNonNull(SessionInputBufferImpl.class);
            Objects.requireNonNull(JsonFactory.class);
            ProbeGroup.create().push();
        } catch (LinkageError e) {
            throw failure(e);
        }
    }

    /** Returns the failure for a class that cannot be loaded or lacks a method. */
    static StepException failure(LinkageError error) {
        String details = String.valueOf(error.getMessage());
        String names = details.replace('/', '.');
        String artifact = ARTIFACTS.entrySet().stream()
                .filter(each -> names.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        String library = artifact.isEmpty() ? "a library" : "the library " + artifact;
        boolean isMissing = error instanceof NoClassDefFoundError
                && !names.toLowerCase(Locale.ROOT).contains("initialize");
        return new StepException(
                STEP,
                isMissing
                        ? library + " is not on the class path (class " + names + " is missing)"
                        : library + " has a version that does not fit ("
                                + error.getClass().getSimpleName() + ": " + details + ")",
                "Run the doctor with all jars of the application on the class path, with each library in the version that"
                        + " camel-pushgateway depends on, or a newer one.");
    }
}
