package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.client.http.ClientClosedException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.IgnoredProgress;
import io.github.camelpushgateway.testing.TlsServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustAllTrustManager;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The targets of connections, and the verification of TLS. */
class ConnectorTest {

    private static TestCertificates certificates;

    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    /** The additional time on a slow machine. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "lookup");
        thread.setDaemon(true);
        thread.start();
    };

    @BeforeAll
    static void createCertificates() {
        certificates = TestCertificates.create("dns:gateway.test,ip:127.0.0.1");
    }

    private static Connector connector(@Nullable SSLSocketFactory tls, String... addresses) {
        return connector(TIMEOUT, tls, addresses);
    }

    private static Connector connector(Duration timeout, @Nullable SSLSocketFactory tls, String... addresses) {
        return new Connector(timeout, tls, new HostResolver(host -> addresses(addresses), THREADS));
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private static Origin origin(String url) throws IOException {
        return Origin.of(URI.create(url));
    }

    // --- addresses

    enum Fault {
        REFUSES,
        IS_SILENT
    }

    /** An address that accepts no connection: its queue is full, so that the operating system does not respond. */
    private static final class SilentAddress implements AutoCloseable {

        private final List<Socket> queue = new ArrayList<>();
        private final ServerSocket server;

        SilentAddress(InetAddress address, int port) throws IOException {
            server = new ServerSocket(port, 1, address);
            while (isAccepted()) {
                assertThat(queue).hasSizeLessThan(100);
            }
        }

        private boolean isAccepted() throws IOException {
            Socket socket = new Socket();
            try {
                socket.connect(server.getLocalSocketAddress(), 100);
                queue.add(socket);
                return true;
            } catch (SocketTimeoutException e) {
                socket.close();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queue) {
                socket.close();
            }
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void secondAddressIsUsedIfTheFirstFails(Fault first) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AutoCloseable silent = first == Fault.IS_SILENT
                        ? new SilentAddress(InetAddress.getByName("127.0.0.2"), server.getLocalPort())
                        : () -> {}) {
            Instant start = Instant.now();

            try (GatewayConnection connection = connector(null, "127.0.0.2", "127.0.0.1")
                    .connect(
                            origin("http://gateway.test:" + server.getLocalPort()),
                            null,
                            new Cancellation(),
                            new IgnoredProgress())) {
                assertThat(connection.leadsTo(origin("http://gateway.test:" + server.getLocalPort())))
                        .isTrue();
                assertThat(server.accept().getRemoteSocketAddress())
                        .extracting(address -> ((InetSocketAddress) address).getHostString())
                        .isEqualTo("127.0.0.1");
            }

            assertThat(Duration.between(start, Instant.now())).isLessThan(TIMEOUT);
            assertThat(silent).isNotNull();
        }
    }

    @Test
    void silentAddressesShareTheTimeout() throws Exception {
        try (SilentAddress one = new SilentAddress(InetAddress.getByName("127.0.0.2"), 0);
                SilentAddress other =
                        new SilentAddress(InetAddress.getByName("127.0.0.3"), one.server.getLocalPort())) {
            Instant start = Instant.now();

            assertThatThrownBy(() -> connector(Duration.ofSeconds(1), null, "127.0.0.2", "127.0.0.3")
                            .connect(
                                    origin("http://gateway.test:" + other.server.getLocalPort()),
                                    null,
                                    new Cancellation(),
                                    new IgnoredProgress()))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContainingAll("onnect", "timed out");

            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Duration.ofMillis(900), Duration.ofSeconds(1).plus(GRACE));
        }
    }

    @Test
    void refusingAddressesAreOneFailure() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> connector(null, "127.0.0.1", "127.0.0.2")
                        .connect(
                                origin("http://gateway.test:" + port), null, new Cancellation(), new IgnoredProgress()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void cancelledAttemptStopsConnecting() throws Exception {
        try (SilentAddress silent = new SilentAddress(InetAddress.getByName("127.0.0.2"), 0)) {
            Cancellation cancellation = new Cancellation();
            Connector connector = connector(Duration.ofMinutes(5), null, "127.0.0.2", "127.0.0.2");
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    outcome.complete(connector.connect(
                            origin("http://gateway.test:" + silent.server.getLocalPort()),
                            null,
                            cancellation,
                            new IgnoredProgress()));
                } catch (IOException e) {
                    outcome.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            await().until(() -> Stream.of(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(Socket.class.getName())
                            && frame.getMethodName().equals("connect")));

            cancellation.cancel(new ClientClosedException());

            assertThat(outcome)
                    .failsWithin(GRACE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ClientClosedException.class);
        }
    }

    @Test
    void unknownHostIsReported() {
        Connector connector = new Connector(
                TIMEOUT,
                null,
                new HostResolver(
                        host -> {
                            throw new UnknownHostException(host + ": Name or service not known");
                        },
                        THREADS));

        assertThatThrownBy(() -> connector.connect(
                        origin("http://gateway.test:9091"), null, new Cancellation(), new IgnoredProgress()))
                .isInstanceOf(UnknownHostException.class)
                .satisfies(failure -> assertThat(FailureMessages.withoutResponse(
                                new RequestDescription("status", null, GatewayUrl.parse("http://gateway.test:9091")),
                                1,
                                (IOException) failure))
                        .hasMessageEndingWith("its host is unknown; check the option url"));
    }

    // --- TLS

    private static void exchange(Connector connector, String host, int port) throws IOException {
        Origin origin = origin("https://" + host + ':' + port);
        try (GatewayConnection connection =
                connector.connect(origin, null, new Cancellation(), new IgnoredProgress())) {
            CharSequence request =
                    RequestHead.of(GatewayRequest.of(origin.url(), "GET", TIMEOUT, Map.of()), origin, false);
            assertThat(connection.roundTrip(request, null).status()).isEqualTo(200);
        }
    }

    private static SSLSocketFactory trusting() {
        return certificates.anonymousContext().getSocketFactory();
    }

    @Test
    void serverNameIsSent() throws Exception {
        try (TlsServer server = new TlsServer(certificates.serverContext(), socket -> {})) {
            exchange(connector(trusting(), "127.0.0.1"), "gateway.test", server.port());
            exchange(connector(trusting(), "127.0.0.1"), "127.0.0.1", server.port());

            assertThat(server.sessions())
                    .extracting(TlsServer.Session::names)
                    // an address is no server name (RFC 6066, 3)
                    .containsExactly(List.of("gateway.test"), List.of());
        }
    }

    static Stream<SSLSocketFactory> trust() throws Exception {
        TrustManagersParameters all = new TrustManagersParameters();
        all.setTrustManager(TrustAllTrustManager.INSTANCE);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(all);
        return Stream.of(
                trusting(),
                parameters.createSSLContext(new DefaultCamelContext()).getSocketFactory());
    }

    @ParameterizedTest
    @MethodSource("trust")
    void hostNameInCertificateIsVerified(SSLSocketFactory tls) throws Exception {
        try (TlsServer server = new TlsServer(certificates.serverContext(), socket -> {})) {
            Connector connector = connector(tls, "127.0.0.1");
            for (String wrong : List.of("other.test", "localhost", "127.0.0.2", "sub.gateway.test")) {
                assertThatThrownBy(() -> exchange(connector, wrong, server.port()))
                        .as(wrong)
                        .isInstanceOf(SSLPeerUnverifiedException.class)
                        .hasMessage("the certificate is not valid for the host " + wrong);
            }
            assertThat(server.sessions()).isEmpty();

            exchange(connector, "gateway.test", server.port());
            exchange(connector, "GATEWAY.test", server.port());
            exchange(connector, "127.0.0.1", server.port());
            assertThat(server.sessions()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientCertificateIsSentIfRequired(String protocol) throws Exception {
        try (TlsServer server = new TlsServer(certificates.serverContext(), socket -> {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setNeedClientAuth(true);
        })) {
            Connector anonymous = connector(trusting(), "127.0.0.1");
            assertThatThrownBy(() -> exchange(anonymous, "gateway.test", server.port()))
                    .isInstanceOf(IOException.class);
            assertThat(server.sessions()).isEmpty();

            exchange(
                    connector(certificates.clientContext().getSocketFactory(), "127.0.0.1"),
                    "gateway.test",
                    server.port());

            assertThat(server.sessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.client()).isEqualTo("CN=camel-pushgateway test client"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void secondConnectionResumesTheSession(String protocol) throws Exception {
        try (TlsServer server = new TlsServer(
                certificates.serverContext(), socket -> socket.setEnabledProtocols(new String[] {protocol}))) {
            Connector connector = connector(trusting(), "127.0.0.1");
            exchange(connector, "gateway.test", server.port());
            TlsServer.Session first = server.sessions().get(0);
            // a new session would have another time
            await().until(() -> System.currentTimeMillis() > first.created() + 1);

            exchange(connector, "gateway.test", server.port());
            exchange(connector(trusting(), "127.0.0.1"), "gateway.test", server.port());

            assertThat(server.sessions())
                    .extracting(TlsServer.Session::protocol)
                    .containsOnly(protocol);
            assertThat(server.sessions().get(1).created()).isEqualTo(first.created());
            assertThat(server.sessions().get(2).created()).isGreaterThan(first.created());
        }
    }

    /** Trusts all. */
    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        static SSLContext context() throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAll()}, null);
            return context;
        }
    }

    @Test
    void defaultsOfOtherCodeAreNotUsed() throws Exception {
        SSLContext context = SSLContext.getDefault();
        SSLSocketFactory factory = HttpsURLConnection.getDefaultSSLSocketFactory();
        try (TlsServer server = new TlsServer(certificates.serverContext(), socket -> {})) {
            SSLContext.setDefault(TrustsAll.context());
            HttpsURLConnection.setDefaultSSLSocketFactory(TrustsAll.context().getSocketFactory());

            assertThatThrownBy(() -> exchange(connector(null, "127.0.0.1"), "gateway.test", server.port()))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unable to find valid certification path");
            assertThat(server.sessions()).isEmpty();
        } finally {
            SSLContext.setDefault(context);
            HttpsURLConnection.setDefaultSSLSocketFactory(factory);
        }
    }

    /** Connects in a separate JVM with the system properties. */
    static final class TrustStoreMain {

        private TrustStoreMain() {}

        public static void main(String[] args) throws Exception {
            // trusts none
            SSLContext none = SSLContext.getInstance("TLS");
            none.init(null, new TrustManager[0], null);
            SSLContext.setDefault(none);
            for (String host : List.of("gateway.test", "other.test")) {
                try {
                    exchange(connector(null, "127.0.0.1"), host, Integer.parseInt(args[0]));
                    System.out.println(host + " is trusted");
                } catch (SSLException e) {
                    System.out.println(host + ": " + e.getMessage());
                }
            }
        }
    }

    @Test
    void trustStoreOfSystemPropertiesIsUsed(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("trusted.p12");
        Files.write(store, certificates.pkcs12());
        try (TlsServer server = new TlsServer(certificates.serverContext(), socket -> socket.setNeedClientAuth(true))) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Djavax.net.ssl.trustStore=" + store,
                            "-Djavax.net.ssl.trustStorePassword=changeit",
                            "-Djavax.net.ssl.keyStore=" + store,
                            "-Djavax.net.ssl.keyStorePassword=changeit",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TrustStoreMain.class.getName(),
                            String.valueOf(server.port()))
                    .redirectErrorStream(true)
                    .start();
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(output)
                        .contains(
                                "gateway.test is trusted",
                                "other.test: the certificate is not valid for the host other.test");
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
