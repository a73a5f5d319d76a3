package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.testing.WireServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component works with other versions of its dependencies than it is built with. */
class OtherVersionsTest {

    private static final String GROUPS = """
            {"status":"success","data":[{"labels":{"instance":"","job":"a","region":"eu"},"last_push_successful":true,
            "rows":{"time_stamp":"2026-11-24T15:06:00Z","type":"GAUGE","help":"Rows.",
            "metrics":[{"labels":{"instance":"","job":"a","region":"eu"},"value":"1.58e+09"}]},
            "push_time_seconds":{"time_stamp":"2026-11-24T15:06:00Z","type":"GAUGE","help":"",
            "metrics":[{"labels":{"instance":"","job":"a","region":"eu"},"value":"1.7955327e+09"}]}}]}
            """;

    private static final String STATUS = """
            {"status":"success","data":{"build_information":{"version":"1.11.2"},"flags":{"log.level":"info"}}}
            """;

    private static List<String> expected = List.of();

    @BeforeAll
    static void pushWithJarsOfThisProject() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            expected = result(new PushesOfEachKind().apply(server.url()), server);
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
    void clientJavaMayBeTheVersionOfMicrometer() throws Exception {
        try (OtherClassPath application = OtherClassPath.withClientJava("micrometer")) {
            assertThat(pushAll(application)).isEqualTo(expected);
        }
    }

    @Test
    void clientJavaMayBeTheVersionOfSpringBoot() throws Exception {
        try (OtherClassPath application = OtherClassPath.withClientJava("spring-boot")) {
            List<String> actual = pushAll(application);

            int endings = expected.get(0).indexOf(PushesOfEachKind.ENDINGS);
            assertThat(actual.get(0)).startsWith(expected.get(0).substring(0, endings));
            assertThat(actual.get(0).substring(endings))
                    .contains(
                            "the name 'build_info' ends with a suffix that client_java appends",
                            "the name 'rows_created' ends with a suffix")
                    .doesNotContain(": sent");
            assertThat(actual.get(1)).isNotEmpty();
            assertThat(expected.get(1)).startsWith(actual.get(1)).contains("build_info", "rows_created_total");
        }
    }

    @Test
    void jacksonMayBeTheOldestSupportedVersion() throws Exception {
        WireServer.Response gateway = (request, out) -> WireServer.status(
                        200,
                        switch (request.path()) {
                            case "/api/v1/metrics" -> GROUPS;
                            case "/api/v1/status" -> STATUS;
                            default -> "";
                        })
                .to(request, out);
        try (WireServer current = new WireServer(gateway);
                WireServer other = new WireServer(gateway);
                OtherClassPath application = OtherClassPath.withJackson("oldest")) {
            String expected = new JsonQueries().apply(current.url());
            assertThat(expected)
                    .contains("region=\"eu\"", "1.11.2", "a: {", "line 2")
                    .doesNotContain("nothing");

            assertThat(application.has("com.fasterxml.jackson.core.StreamReadConstraints"))
                    .isFalse();
            // the reported column differs between versions of Jackson
            assertThat(application.run(JsonQueries.class, other.url()).replaceAll("column \\d+", ""))
                    .isEqualTo(expected.replaceAll("column \\d+", ""));
            assertThat(result("", other)).isEqualTo(result("", current));
        }
    }

    @Test
    void tooOldCamelIsRejectedWithItsVersion() throws Exception {
        try (OtherClassPath application = OtherClassPath.withCamel("oldest")) {
            assertThat(application
                            .run(FirstPush.class, "url=http://127.0.0.1:1")
                            .lines())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("java.lang.IllegalStateException: ")
                            .contains("requires Camel 4.18 or newer", "this application has Camel 4.14.0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "oldest"})
    void tooOldClientJavaIsRejected(String module) throws Exception {
        try (OtherClassPath application = OtherClassPath.withModelOfClientJava(module)) {
            assertThat(application
                            .run(FirstPush.class, "url=http://127.0.0.1:1")
                            .lines())
                    .hasSize(2)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("java.lang.IllegalArgumentException: ")
                            .contains("client_java of this application", "older than 1.3.10", "use one version"));
        }
    }

    private static List<String> pushAll(OtherClassPath application) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            return result(application.run(PushesOfEachKind.class, server.url()), server);
        }
    }

    /** Returns the outcomes and the requests, without times. A binary request is represented by its content type. */
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
