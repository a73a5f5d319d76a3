package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.client.WireServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application does not always have the jars that this project is built with. */
class OtherVersionsTest {

    private static List<String> expected = List.of();

    @BeforeAll
    static void pushWithTheJarsOfThisProject() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            expected = result(new AllKindsOfPushes().apply(server.url()), server);
        }
        assertThat(expected.get(0)).contains(": sent\n", "java.lang.Object");
    }

    @Test
    void micrometerMayBeMissing() throws Exception {
        try (OtherClassPath application = OtherClassPath.without("micrometer-")) {
            assertThat(application.has("io.micrometer.core.instrument.MeterRegistry"))
                    .isFalse();
            assertThat(pushAll(application)).isEqualTo(expected);
        }
    }

    @Test
    void clientJavaMayBeTheOneThatMicrometerBrings() throws Exception {
        try (OtherClassPath application = OtherClassPath.withClientJava("client-java-of-micrometer")) {
            assertThat(pushAll(application)).isEqualTo(expected);
        }
    }

    @Test
    void clientJavaMayBeTheOneOfSpringBoot() throws Exception {
        try (OtherClassPath application = OtherClassPath.withClientJava("client-java-of-spring-boot")) {
            List<String> actual = pushAll(application);

            int endings = expected.get(0).indexOf(AllKindsOfPushes.ENDINGS);
            assertThat(actual.get(0)).startsWith(expected.get(0).substring(0, endings));
            assertThat(actual.get(0).substring(endings))
                    .contains(
                            "the name 'build_info' ends in what client_java adds",
                            "the name 'rows_created' ends in what")
                    .doesNotContain(": sent");
            assertThat(actual.get(1)).isNotEmpty();
            assertThat(expected.get(1)).startsWith(actual.get(1)).contains("build_info", "rows_created_total");
        }
    }

    private static List<String> pushAll(OtherClassPath application) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            return result(application.run(AllKindsOfPushes.class, server.url()), server);
        }
    }

    /** What came of it, and what stood on the wire, but for times; of what is binary, only what it is. */
    private static List<String> result(String outcomes, WireServer server) {
        return List.of(
                outcomes,
                server.requests().stream()
                        .map(request -> request.method() + ' ' + request.path() + '\n' + text(request))
                        .reduce("", String::concat)
                        .replaceAll("(?m)^(\\w+_(unixtime|duration_seconds)) .*", "$1"));
    }

    private static String text(WireServer.Request request) {
        return request.headers().containsKey("Content-Encoding")
                ? request.headers().get("Content-Type") + '\n'
                : request.text();
    }
}
