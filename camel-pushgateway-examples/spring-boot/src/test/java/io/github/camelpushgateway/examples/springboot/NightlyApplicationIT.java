package io.github.camelpushgateway.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.examples.NightlyRun;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the application in a separate process, with the dependencies that Maven resolves from its pom. */
class NightlyApplicationIT {

    private static final String CAMEL = System.getProperty("camel.version");
    private static final String SPRING_BOOT = System.getProperty("spring-boot.version");

    private static PushgatewayGroup run(String classPath, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-cp", classPath, NightlyApplication.class.getName()));
        command.addAll(List.of(arguments));
        return NightlyRun.check(Path.of("").toAbsolutePath(), ":: Spring Boot ::", command);
    }

    private static String dependencies() throws IOException {
        return Files.readString(Path.of("target/application.classpath"));
    }

    private static Stream<String> jars() throws IOException {
        return Stream.of(dependencies().split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString());
    }

    @Test
    void allCamelAndSpringBootJarsHaveTheVersionInThePom() throws IOException {
        assertThat(jars().filter(jar -> jar.matches("camel-.*-4\\.[\\d.]+\\.jar")))
                .hasSizeGreaterThan(10)
                .allMatch(jar -> jar.endsWith('-' + CAMEL + ".jar"));
        assertThat(jars().filter(jar -> jar.startsWith("spring-boot-")))
                .hasSizeGreaterThan(1)
                .allMatch(jar -> jar.endsWith('-' + SPRING_BOOT + ".jar"));
    }

    @Test
    void jobRunsOnceIsReportedAndApplicationEnds() throws Exception {
        String classes = Path.of("target/classes").toAbsolutePath() + File.pathSeparator;

        assertThat(run(classes + dependencies()).has("jvm_memory_used_bytes")).isFalse();
    }

    /** Actuator and Micrometer are on the test class path, in the versions that Spring Boot manages. */
    @Test
    void reportContainsMicrometerMetrics() throws Exception {
        PushgatewayGroup group = run(
                System.getProperty("java.class.path"),
                "--camel.pushgateway.report.uri=pushgateway:$simple{routeId}"
                        + "?records=$simple{exchangeProperty.rows}&registry=#prometheusMeterRegistry&metricFilter=jvm_memory_*");

        assertThat(group.family("jvm_memory_used_bytes").samples())
                .anySatisfy(sample -> assertThat(sample.number()).isGreaterThan(1e6));
    }
}
