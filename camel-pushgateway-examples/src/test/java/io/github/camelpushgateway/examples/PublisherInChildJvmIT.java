package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application in a separate JVM with each kind of configuration of a publisher. However the JVM ends, the gateway holds what the last
 * exchange counted.
 */
@Timeout(180)
class PublisherInChildJvmIT {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final int TERMINATED = 128 + 15;
    private static final Pattern PROCESSED = Pattern.compile("processed (\\d+) orders");

    @TempDir
    Path folder;

    private final Map<String, String> properties = new HashMap<>();

    @Nullable
    private ChildJvm started;

    @AfterEach
    void kill() {
        if (started != null) {
            started.close();
        }
    }

    private ChildJvm start(String url) throws Exception {
        properties.put("camel.component.pushgateway.url", url);
        ChildJvm child = ChildJvm.start(folder, properties);
        started = child;
        return child;
    }

    private void configure(String kind) throws Exception {
        switch (kind) {
            case "properties" -> {
                try (InputStream example =
                        requireNonNull(getClass().getResourceAsStream("/publisher/application.properties"))) {
                    Files.copy(example, folder.resolve("application.properties"));
                }
            }
            case "java" -> properties.put("camel.beans.route", "#class:" + PublisherRoute.class.getName());
            default -> properties.put("camel.main.routesIncludePattern", "classpath:publisher/publisher." + kind);
        }
    }

    /** Returns the number of the last order in the log. */
    private static double processed(ChildJvm child) {
        return PROCESSED
                .matcher(child.log())
                .results()
                .map(MatchResult::group)
                .reduce((first, second) -> second)
                .map(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .orElseThrow();
    }

    private static void assertLastPushIsComplete(Pushgateway gateway, ChildJvm child) {
        PushgatewayGroup group = gateway.group("job", "orders").orElseThrow();
        assertThat(group.labels()).containsOnly(Map.entry("job", "orders"));
        assertThat(group.value("orders_processed_total")).as(child.log()).isEqualTo(processed(child));
        assertThat(child.log()).doesNotContain(" WARN ");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"properties", "yaml", "xml", "java"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
    void terminatedApplicationPushesWhatItHasCounted(String kind) throws Exception {
        configure(kind);
        ChildJvm child = start(GATEWAY.url());
        child.awaitLog("processed 5 orders");
        assertThat(child.log()).contains("Publishing the metrics of pushgateway:orders to " + GATEWAY.url());

        child.terminate();

        assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);
        assertLastPushIsComplete(GATEWAY.get(), child);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"durationMaxMessages, 7, 1.11.2", "durationMaxSeconds, 2, 1.5.1", "durationMaxIdleSeconds, 2, 1.5.1"})
    void applicationThatEndsByItselfPushesWhatItHasCounted(String option, String value, String version)
            throws Exception {
        configure("properties");
        properties.put("camel.main." + option, value);
        if (option.equals("durationMaxIdleSeconds")) {
            Path orders = folder.resolve("orders.yaml");
            try (InputStream example = requireNonNull(getClass().getResourceAsStream("/publisher/orders.yaml"))) {
                Files.writeString(
                        orders,
                        new String(example.readAllBytes(), UTF_8)
                                .replace("period: 100", "period: 100\n        repeatCount: 5"));
            }
            properties.put("camel.main.routesIncludePattern", "file:" + orders);
        }
        try (Pushgateway gateway = gateway(version)) {
            ChildJvm child = start(gateway.url());

            assertThat(child.awaitEnd()).as(child.log()).isZero();

            assertLastPushIsComplete(gateway, child);
        }
    }

    /** Starts a gateway. Without a container engine, only one version is available. */
    private static Pushgateway gateway(String version) {
        try {
            return Pushgateway.start(PushgatewaySetup.plain().withVersion(version));
        } catch (IllegalStateException e) {
            return abort("Pushgateway " + version + " is not available");
        }
    }

    /** With operation=accumulate and without an interval, the counters continue over the JVMs. */
    @Tag("one-version")
    @Test
    void accumulatedCountersContinueInTheNextJvm() throws Exception {
        configure("properties");
        Path file = folder.resolve("application.properties");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("camel.beans.publisher.interval = 30s", "")
                        .replace(
                                "pushgateway:orders?registry=#metrics",
                                "pushgateway:all-orders?registry=#metrics&operation=accumulate"));
        properties.put("camel.main.durationMaxMessages", "5");
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            ChildJvm child = start(GATEWAY.url());
            assertThat(child.awaitEnd()).as(child.log()).isZero();
            sum += processed(child);
            assertThat(child.log()).doesNotContain(" WARN ");
        }

        assertThat(GATEWAY.group("job", "all-orders").orElseThrow().value("orders_processed_total"))
                .isEqualTo(sum);
    }

    /** A paused gateway accepts connections, and never responds. */
    @Tag("one-version")
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
    void applicationEndsInTimeWithoutResponseOfTheGateway() throws Exception {
        configure("properties");
        properties.put("camel.main.shutdownTimeout", "3");
        ChildJvm child = start(GATEWAY.url());
        child.awaitLog("processed 5 orders");
        GATEWAY.get().pause();
        try {
            Instant signal = Instant.now();
            child.terminate();

            assertThat(child.awaitEnd()).as(child.log()).isEqualTo(TERMINATED);

            // the response timeout of a push is 30 s; a busy machine may need several seconds in addition to the three
            assertThat(Duration.between(signal, child.end())).isLessThan(Duration.ofSeconds(25));
            // on a busy machine, Camel may also warn that the routes have not stopped in time
            assertThat(child.log()
                            .lines()
                            .filter(line -> line.contains(" WARN ") && !line.contains("DefaultShutdownStrategy")))
                    .singleElement()
                    .asString()
                    .contains("The last metrics were not sent", "no response within");
        } finally {
            GATEWAY.get().resume();
        }
    }
}
