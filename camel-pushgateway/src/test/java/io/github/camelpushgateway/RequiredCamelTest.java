package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredCamelTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.25.4", "3.22.4", "4.0.0-M1", "4.9.0", "4.14", "4.14.0", "4.16.0", "4.16.0-SNAPSHOT"})
    void olderVersionIsRejected(String version) {
        assertThatThrownBy(() -> RequiredCamel.check(version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Camel " + version)
                .hasMessageContaining("4.18 or newer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.17.0",
                "4.18.0",
                "4.18",
                "4.22.0",
                "4.22.0-SNAPSHOT",
                "4.100.1",
                "5.0.0",
                "10.1",
                "",
                "null",
                "main"
            })
    void newerOrUnparsableVersionIsAccepted(String version) {
        assertThatCode(() -> RequiredCamel.check(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"4.17.0, 1", "4.17.3-SNAPSHOT, 1", "4.18.0, 0", "4.22.0, 0", "5.0.0, 0", "main, 0"})
    void unsupportedVersionIsLoggedAsWarning(String version, int warnings) {
        try (LogCapture log = LogCapture.of(RequiredCamel.class, Level.WARN)) {
            RequiredCamel.check(version);

            assertThat(log.lines())
                    .hasSize(warnings)
                    .allMatch(line -> line.startsWith("WARN ")
                            && line.contains(
                                    "requires Camel 4.18 or newer, but this application has Camel " + version));
        }
    }
}
