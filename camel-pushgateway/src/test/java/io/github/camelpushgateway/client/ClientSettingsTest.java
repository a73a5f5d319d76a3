package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.Pushes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values out of their bounds are rejected with a message that names the option. */
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
                maxPending,
                ClientSettings.DEFAULT_ACCUMULATE_REFRESH,
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,    PT30S,       2,    PT1S,        10,  'connectTimeout is 0 ms; set a duration between 1 ms and 24 days'",
        "PT-1S,   PT30S,       2,    PT1S,        10,  connectTimeout is -1000 ms",
        "PT1000H, PT30S,       2,    PT1S,        10,  connectTimeout is 3600000000 ms",
        "PT10S,   PT0.0009S,   2,    PT1S,        10,  requestTimeout is 0 ms",
        "PT10S,   PT1000H,     2,    PT1S,        10,  requestTimeout is 3600000000 ms",
        "PT10S,   PT30S,       -1,   PT1S,        10,  maxRetries is -1; set a number between 0 and 1000",
        "PT10S,   PT30S,       1001, PT1S,        10,  maxRetries is 1001",
        "PT10S,   PT30S,       2,    PT-0.001S,   10,  'retryDelay is -1 ms; set a duration between 0 ms and 24 days'",
        "PT10S,   PT30S,       2,    PT1S,        0,   maxPending is 0; set a number of at least 1",
        "PT10S,   PT30S,       2,    PT1S,        -1,  maxPending is -1; set a number of at least 1",
        "PT10S,   PT30S,       2,    PT1S,        -2147483648, maxPending is -2147483648"
    })
    void valuesOutOfBoundsAreRejected(
            Duration connectTimeout,
            Duration requestTimeout,
            int maxRetries,
            Duration retryDelay,
            int maxPending,
            String message) {
        assertThatThrownBy(() -> settings(connectTimeout, requestTimeout, maxRetries, retryDelay, maxPending))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, 0, PT0S, 1", "PT595H, 1000, PT595H, 2147483647"})
    void boundsAreAccepted(Duration timeout, int maxRetries, Duration retryDelay, int maxPending) {
        ClientSettings settings = settings(timeout, timeout, maxRetries, retryDelay, maxPending);

        assertThat(settings.maxPending()).isEqualTo(maxPending);
        assertThat(settings).asString().contains("maxPending=" + maxPending);
    }

    private static Stream<ClientSettings> eachWithAnotherComponent(SSLSocketFactory tls) {
        GatewayUrl url = GatewayUrl.parse("http://localhost:9091");
        GatewayUrl otherUrl = GatewayUrl.parse("http://localhost:9092");
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);
        List<PushgatewayHandler> none = List.of();
        List<PushgatewayHandler> one = List.of(new HeaderHandler("X-A", "b"));
        Format text = Format.TEXT;
        Compression plain = Compression.NONE;
        return Stream.of(
                new ClientSettings(url, second, second, null, none, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(
                        otherUrl, second, second, null, none, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(url, minute, second, null, none, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(url, second, minute, null, none, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(url, second, second, tls, none, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(url, second, second, null, one, text, plain, 2, second, true, 10, second, false),
                new ClientSettings(
                        url, second, second, null, none, Format.PROTOBUF, plain, 2, second, true, 10, second, false),
                new ClientSettings(
                        url, second, second, null, none, text, Compression.GZIP, 2, second, true, 10, second, false),
                new ClientSettings(url, second, second, null, none, text, plain, 3, second, true, 10, second, false),
                new ClientSettings(url, second, second, null, none, text, plain, 2, minute, true, 10, second, false),
                new ClientSettings(url, second, second, null, none, text, plain, 2, second, false, 10, second, false),
                new ClientSettings(url, second, second, null, none, text, plain, 2, second, true, 11, second, false),
                new ClientSettings(url, second, second, null, none, text, plain, 2, second, true, 10, minute, false),
                new ClientSettings(url, second, second, null, none, text, plain, 2, second, true, 10, second, true));
    }

    @Test
    void settingsWithEqualComponentsAreEqual() throws Exception {
        SSLSocketFactory tls = SSLContext.getDefault().getSocketFactory();
        List<ClientSettings> settings = eachWithAnotherComponent(tls).toList();
        List<ClientSettings> same = eachWithAnotherComponent(tls).toList();

        assertThat(settings).doesNotHaveDuplicates();
        assertThat(new HashSet<>(settings)).hasSameSizeAs(settings).containsAll(same);
        assertThat(settings).isEqualTo(same);
    }

    /** A client is looked up for each push. Equal hash codes would make that slow for a tenant's token per exchange. */
    @Test
    void hashCodeDependsOnCredentials() {
        Set<Integer> hashCodes = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ClientSettings settings = Pushes.settings("http://localhost:9091", HeaderHandler.bearer("token" + i));
            hashCodes.add(settings.hashCode());
        }

        assertThat(hashCodes).hasSizeGreaterThan(900);
    }
}
