package io.github.camelpushgateway.test.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void listensOnLoopbackAndEvaluatesQueries(int major) throws Exception {
        config("global: {scrape_interval: 1s}");

        try (Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder))) {
            assertThat(URI.create(prometheus.url()).getHost()).isEqualTo("127.0.0.1");
            assertThat(prometheus.version()).startsWith(major + ".");
            assertThat(prometheus.query("vector(1) / 0"))
                    .singleElement()
                    .extracting(Prometheus.Sample::value)
                    .isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(prometheus.query("42"))
                    .singleElement()
                    .extracting(Prometheus.Sample::value)
                    .isEqualTo(42.0);
            assertThat(prometheus.alerts()).isEmpty();
            assertThatThrownBy(() -> prometheus.query("sum by ("))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parse error");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void closeEndsPrometheus(int major) throws Exception {
        config("global: {}");
        Prometheus prometheus = startOrSkip(() -> Prometheus.start(major, folder));

        prometheus.close();

        assertThatThrownBy(prometheus::version).hasCauseInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void invalidFilesFailWithoutTryingAnotherSource(int major) throws Exception {
        config("global: {}");
        startOrSkip(() -> Prometheus.start(major, folder)).close();
        config("global: {no_such_thing: 1}");

        assertThatThrownBy(() -> Prometheus.start(major, folder))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(PrometheusMissingException.class)
                .hasMessageContaining("no_such_thing");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void promtoolDistinguishesValidAndInvalidFiles(int major) throws Exception {
        List<String> check = List.of("check", "config", "prometheus.yml");
        config("global: {}");
        Promtool.Result valid = startOrSkip(() -> Promtool.run(major, folder, check.toArray(String[]::new)));
        config("global: {no_such_thing: 1}");
        Promtool.Result invalid = Promtool.run(major, folder, check.toArray(String[]::new));

        assertThat(valid.status()).isZero();
        assertThat(valid.output()).contains("SUCCESS");
        assertThat(invalid.status()).isPositive();
        assertThat(invalid.output()).contains("no_such_thing");
    }

    @Test
    void programWithAnotherVersionIsNotUsed() {
        assertThatThrownBy(() -> new PrometheusPathSource().start(99, folder))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("there is no prometheus on the PATH|.*prometheus has version .*");
    }

    private void config(String yaml) throws Exception {
        Files.writeString(folder.resolve("prometheus.yml"), yaml + "\n");
    }

    /** Skips the test if no Prometheus of the requested version is available. */
    private static <T> T startOrSkip(Supplier<T> start) {
        try {
            return start.get();
        } catch (PrometheusMissingException e) {
            return abort(e.getMessage());
        }
    }
}
