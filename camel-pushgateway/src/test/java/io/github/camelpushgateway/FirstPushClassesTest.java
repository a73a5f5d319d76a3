package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.ChildJvm;
import io.github.camelpushgateway.testing.WireServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes that the first push of a JVM loads. A batch job often sends only one push, and loading classes takes most
 * of its time.
 */
class FirstPushClassesTest {

    private static final String PACKAGE = "io.github.camelpushgateway.";

    /** The maximum number of classes of the component, including those that the JVM generates for lambda expressions. */
    private static final int MAX_CLASSES = 205;

    private static List<String> classes = List.of();

    @BeforeAll
    static void push(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes.txt");
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            ChildJvm.run(
                    Duration.ofMinutes(1),
                    List.of("-Xlog:class+load:file=" + log + ":none"),
                    OnePushMain.class,
                    server.url());
            assertThat(server.requests()).hasSize(1);
        }
        // each line starts with the name of a class; the name of a generated class is followed by a slash and a number
        classes = Files.readAllLines(log).stream()
                .map(line -> line.split("[ /]", 2)[0])
                .filter(name -> !name.startsWith(OnePushMain.class.getName()))
                .toList();
        assertThat(classes).contains(PushgatewayProducer.class.getName());
    }

    private static List<String> classesIn(String... packages) {
        return classes.stream()
                .filter(name -> List.of(packages).stream().anyMatch(name::startsWith))
                .toList();
    }

    @Test
    void firstPushLoadsFewClassesOfComponent() {
        assertThat(classesIn(PACKAGE)).hasSizeLessThanOrEqualTo(MAX_CLASSES);
    }

    @Test
    void firstPushLoadsNoClassOfTracingAndDoctor() {
        assertThat(classesIn(
                        PACKAGE + "doctor.",
                        PACKAGE + "tracing.",
                        "org.apache.camel.tracing.",
                        "org.apache.camel.telemetry.",
                        "io.opentelemetry."))
                .isEmpty();
    }

    @Test
    void firstPushLoadsNoClassOfQueriesAndConsumer() {
        assertThat(classesIn(
                        PACKAGE + "QueryBinding",
                        PACKAGE + "PushgatewayConsumer",
                        PACKAGE + "api.GatewayGroup",
                        PACKAGE + "api.GroupFilter",
                        PACKAGE + "client.GroupListing",
                        PACKAGE + "client.GroupSweeper",
                        PACKAGE + "client.query.",
                        PACKAGE + "console.",
                        PACKAGE + "dynamic."))
                .isEmpty();
    }

    /** The failures of each exchange are tracked, because a header may select a report at its end. */
    @Test
    void firstPushLoadsOnlyTrackingOfReports() {
        assertThat(classesIn(PACKAGE + "ReportBinding", PACKAGE + "report."))
                .isNotEmpty()
                .allMatch(name -> name.matches(".*\\.report\\.(FailureTracker|FinallyTracking|TrackedExchange|BatchPart"
                        + "|IdlePoll|ReportEndpoint)(\\$.*)?"));
    }

    @Test
    void firstPushLoadsNoClassOfThePublisher() {
        assertThat(classesIn(PACKAGE + "publisher.", PACKAGE + "PushgatewayPublisher", PACKAGE + "RegistryGroup"))
                .isEmpty();
    }

    @Test
    void firstPushLoadsNoClassForProtobufAndRetriesAndTlsAndAccumulation() {
        assertThat(classesIn(
                        PACKAGE + "client.accumulate.",
                        PACKAGE + "client.queue.PendingIncrements",
                        PACKAGE + "metrics.Increments",
                        PACKAGE + "AccumulatedPush",
                        PACKAGE + "client.encoding.Protobuf",
                        PACKAGE + "client.http.Retries",
                        PACKAGE + "client.transport.TlsSockets",
                        PACKAGE + "pem.",
                        PACKAGE + "options.Pem",
                        PACKAGE + "PemSslContextParameters",
                        "nl.altindag.",
                        "org.bouncycastle.",
                        "dev.failsafe.",
                        "io.airlift.",
                        "io.prometheus.metrics.expositionformats.",
                        "io.prometheus.metrics.shaded."))
                .isEmpty();
    }
}
