package io.github.camelpushgateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricValueTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_795_000_000L, 250_000_000);

    @SuppressWarnings("JavaUtilDate")
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(42, 42.0),
                Arguments.of(42L, 42.0),
                Arguments.of(1.5f, 1.5),
                Arguments.of(new BigDecimal("0.1"), 0.1),
                Arguments.of(BigInteger.TEN, 10.0),
                Arguments.of(new AtomicLong(7), 7.0),
                Arguments.of(Double.NaN, Double.NaN),
                Arguments.of("42", 42.0),
                Arguments.of(" -1.5e3\n", -1500.0),
                Arguments.of("+.5", 0.5),
                Arguments.of("5.", 5.0),
                Arguments.of("NaN", Double.NaN),
                Arguments.of("+Inf", Double.POSITIVE_INFINITY),
                Arguments.of("-Infinity", Double.NEGATIVE_INFINITY),
                Arguments.of(CharBuffer.wrap("3"), 3.0),
                Arguments.of(true, 1.0),
                Arguments.of("true", 1.0),
                Arguments.of(" False\n", 0.0),
                Arguments.of(false, 0.0),
                Arguments.of(Duration.ofMillis(1_500), 1.5),
                Arguments.of(Duration.ofMillis(-1_500), -1.5),
                Arguments.of(Duration.ofMillis(-100), -0.1),
                Arguments.of(Duration.ofNanos(-1), -1e-9),
                Arguments.of(Instant.ofEpochMilli(-100), -0.1),
                Arguments.of(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                Arguments.of(TIME, 1_795_000_000.25),
                Arguments.of(Date.from(TIME), 1_795_000_000.25),
                Arguments.of(Timestamp.from(TIME), 1_795_000_000.25),
                // java.sql.Date has no toInstant()
                Arguments.of(new java.sql.Date(86_400_000L), 86_400.0),
                Arguments.of(TIME.atZone(ZoneId.of("Europe/Berlin")), 1_795_000_000.25),
                Arguments.of(OffsetDateTime.ofInstant(TIME, ZoneOffset.ofHours(5)), 1_795_000_000.25));
    }

    @ParameterizedTest
    @MethodSource("values")
    void convertsToNumber(Object value, double number) {
        assertThat(MetricValue.of(value)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "1d",
                "0x10",
                "1e",
                "e5",
                ".",
                "1,5",
                "1 2",
                "Infinite",
                "yes",
                "truth",
                "١",
                "1e400",
                "-1e400"
            })
    void otherTextIsNotANumber(String text) {
        assertThat(MetricValue.of(text)).isEmpty();
    }

    @Test
    void otherTypesAreNotNumbers() {
        assertThat(MetricValue.of(null)).isEmpty();
        assertThat(MetricValue.of(List.of(1))).isEmpty();
        // finite, but beyond the range of a double
        assertThat(MetricValue.of(new BigDecimal("1E400"))).isEmpty();
        assertThat(MetricValue.of(BigInteger.TEN.pow(400))).isEmpty();
        // a time without a zone is not a point in time
        assertThat(MetricValue.of(LocalDateTime.of(2026, 1, 1, 0, 0))).isEmpty();
    }

    @Property
    void parsesOutputOfDoubleToString(@ForAll double number) {
        assertThat(MetricValue.of(Double.toString(number))).hasValue(number);
    }
}
