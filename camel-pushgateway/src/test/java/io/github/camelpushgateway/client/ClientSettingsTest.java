package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings out of their bounds are refused by the name of the option. */
class ClientSettingsTest {

    private static ClientSettings settings(
            Duration connectTimeout, Duration requestTimeout, int maxRetries, Duration retryDelay, int maxPending) {
        return new ClientSettings(
                GatewayUrl.parse("http://localhost:9091"),
                connectTimeout,
                requestTimeout,
                null,
                List.of(),
                Format.TEXT,
                Compression.NONE,
                maxRetries,
                retryDelay,
                true,
                maxPending);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,    PT30S,       2,    PT1S,        10,  'connectTimeout is 0 ms; give a duration between 1 ms and 24 days'",
        "PT-1S,   PT30S,       2,    PT1S,        10,  connectTimeout is -1000 ms",
        "PT1000H, PT30S,       2,    PT1S,        10,  connectTimeout is 3600000000 ms",
        "PT10S,   PT0.0009S,   2,    PT1S,        10,  requestTimeout is 0 ms",
        "PT10S,   PT1000H,     2,    PT1S,        10,  requestTimeout is 3600000000 ms",
        "PT10S,   PT30S,       -1,   PT1S,        10,  maxRetries is -1; give a number between 0 and 1000",
        "PT10S,   PT30S,       1001, PT1S,        10,  maxRetries is 1001",
        "PT10S,   PT30S,       2,    PT-0.001S,   10,  'retryDelay is -1 ms; give a duration between 0 ms and 24 days'",
        "PT10S,   PT30S,       2,    PT1S,        0,   maxPending is 0; give a number of at least 1",
        "PT10S,   PT30S,       2,    PT1S,        -1,  maxPending is -1; give a number of at least 1",
        "PT10S,   PT30S,       2,    PT1S,        -2147483648, maxPending is -2147483648"
    })
    void whatIsOutOfBoundsIsRefused(
            Duration connectTimeout,
            Duration requestTimeout,
            int maxRetries,
            Duration retryDelay,
            int maxPending,
            String sentence) {
        assertThatThrownBy(() -> settings(connectTimeout, requestTimeout, maxRetries, retryDelay, maxPending))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, 0, PT0S, 1", "PT595H, 1000, PT595H, 2147483647"})
    void theBoundsThemselvesAreAccepted(Duration timeout, int maxRetries, Duration retryDelay, int maxPending) {
        ClientSettings settings = settings(timeout, timeout, maxRetries, retryDelay, maxPending);

        assertThat(settings.maxPending()).isEqualTo(maxPending);
        assertThat(settings).asString().contains("maxPending=" + maxPending);
    }
}
