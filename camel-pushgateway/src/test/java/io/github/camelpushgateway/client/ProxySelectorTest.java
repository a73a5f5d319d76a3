package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.FaultyProxySelector;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy selector of the JVM may return no proxy, or fail. */
class ProxySelectorTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Nullable
    private final ProxySelector before = ProxySelector.getDefault();

    @AfterEach
    void restore() {
        ProxySelector.setDefault(before);
    }

    static Stream<Arguments> selectionsOfNoProxy() {
        return Stream.<FaultyProxySelector.Selection>of(
                        () -> null,
                        List::of,
                        () -> Arrays.asList((Proxy) null),
                        () -> Arrays.asList(null, Proxy.NO_PROXY),
                        () -> List.of(Proxy.NO_PROXY))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("selectionsOfNoProxy")
    void selectorWithoutProxyMeansDirectConnection(FaultyProxySelector.Selection selection) throws Exception {
        try (SocketServer server = UserCodeTest.responding();
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            FaultyProxySelector.install(server.port(), selection, () -> {});

            assertThat(UserCodeTest.push(client, "a")).succeedsWithin(SOON);
        }
    }

    @Test
    void failureInConnectFailedDoesNotPreventOtherProxies() throws Exception {
        int dead;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = closed.getLocalPort();
        }
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), dead));
        try (SocketServer server = UserCodeTest.responding();
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url()))) {
            FaultyProxySelector.install(server.port(), () -> List.of(proxy, Proxy.NO_PROXY), () -> {
                throw new IllegalStateException("connectFailed is not implemented");
            });

            assertThat(UserCodeTest.push(client, "a")).succeedsWithin(SOON);
        }
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new IllegalStateException("boom"),
                () -> new IllegalArgumentException("boom"),
                () -> new NullPointerException("boom"),
                () -> new NoClassDefFoundError("boom"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfSelectorIsNamed(Supplier<Throwable> thrown) throws Exception {
        try (SocketServer server = UserCodeTest.responding();
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), SOON, 1))) {
            FaultyProxySelector.install(
                    server.port(),
                    () -> {
                        Throwable failure = thrown.get();
                        if (failure instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) failure;
                    },
                    () -> {});

            PushgatewayException failure = UserCodeTest.failure(UserCodeTest.push(client, "a"));

            assertThat(failure).hasMessageContaining("ProxySelector").message().doesNotContain("rejected before");
            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure.getAttempts()).isEqualTo(2);
            assertThat(server.connections()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failingSelectorIsRetried(int failures) throws Exception {
        List<Integer> selections = new ArrayList<>();
        try (SocketServer server = UserCodeTest.responding();
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), SOON, failures))) {
            FaultyProxySelector.install(
                    server.port(),
                    () -> {
                        selections.add(selections.size());
                        if (selections.size() <= failures) {
                            throw new IllegalStateException("boom");
                        }
                        return List.of(Proxy.NO_PROXY);
                    },
                    () -> {});

            assertThat(UserCodeTest.push(client, "a")).succeedsWithin(SOON);
            assertThat(selections).hasSize(failures + 1);
        }
    }
}
