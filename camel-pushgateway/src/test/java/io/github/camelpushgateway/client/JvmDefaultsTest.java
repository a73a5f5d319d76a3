package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import io.github.camelpushgateway.testing.WireServer;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** The headers of requests. Defaults that other code sets for the whole JVM are not used. */
class JvmDefaultsTest {

    private final List<WireServer.Request> requests = new CopyOnWriteArrayList<>();

    private SocketServer.Script responding(String response) {
        return connection -> {
            for (WireServer.Request request = connection.read(); request != null; request = connection.read()) {
                requests.add(request);
                connection.write(response);
            }
        };
    }

    @Test
    void hostHeaderContainsThePort() throws Exception {
        try (SocketServer server = new SocketServer(responding("HTTP/1.1 202 X\r\nContent-Length: 0\r\n\r\n"));
                FaultRun run = FaultRun.of(server)) {
            run.succeed();

            assertThat(requests)
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.headers()).containsEntry("host", "127.0.0.1:" + server.port()));
        }
    }

    @Test
    void ipv6AddressWorks() throws Exception {
        InetAddress loopback = InetAddress.getAllByName("::1")[0];
        assumeThat(loopback).isInstanceOf(Inet6Address.class);
        assumeThat(NetworkInterface.getByInetAddress(loopback)).isNotNull();
        try (SocketServer server =
                        new SocketServer(loopback, responding("HTTP/1.1 202 X\r\nContent-Length: 0\r\n\r\n"));
                PushgatewayClient client = new PushgatewayClient(Pushes.settings("http://[::1]:" + server.port()))) {
            assertThat(Futures.await(client.send(Pushes.push("x", 1))).statusCode())
                    .isEqualTo(202);

            assertThat(requests)
                    .singleElement()
                    .satisfies(
                            request -> assertThat(request.headers()).containsEntry("host", "[::1]:" + server.port()));
        }
    }

    @Test
    void cookiesAreNeitherStoredNorSent() throws Exception {
        CookieHandler before = CookieHandler.getDefault();
        CookieManager cookies = new CookieManager();
        CookieHandler.setDefault(cookies);
        try (SocketServer server = new SocketServer(
                        responding("HTTP/1.1 200 OK\r\nSet-Cookie: session=a; Path=/\r\nContent-Length: 0\r\n\r\n"));
                FaultRun run = FaultRun.of(server)) {
            run.succeed();
            run.succeed();

            assertThat(requests)
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
            assertThat(cookies.getCookieStore().getCookies()).isEmpty();
        } finally {
            CookieHandler.setDefault(before);
        }
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (SocketServer other = new SocketServer(responding("HTTP/1.1 202 X\r\nContent-Length: 0\r\n\r\n"));
                SocketServer server = new SocketServer(responding("HTTP/1.1 307 X\r\nLocation: " + other.url()
                        + "/metrics/job/other\r\nContent-Length: 0\r\n\r\n"));
                FaultRun run = FaultRun.of(server)) {
            assertThat(run.fail().getStatusCode()).isEqualTo(307);

            assertThat(requests).hasSize(1);
            assertThat(other.connections()).isEmpty();
        }
    }

    @Test
    void authenticatorOfTheJvmIsNotUsed() throws Exception {
        Authenticator before = Authenticator.getDefault();
        AtomicInteger calls = new AtomicInteger();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                calls.incrementAndGet();
                return new PasswordAuthentication("somebody", "s3cret".toCharArray());
            }
        });
        try (SocketServer server = new SocketServer(responding(
                        "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n"));
                FaultRun run = FaultRun.of(server)) {
            assertThat(run.fail().getStatusCode()).isEqualTo(401);

            assertThat(calls).hasValue(0);
            assertThat(requests)
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
        } finally {
            Authenticator.setDefault(before);
        }
    }

    @Test
    void defaultSocketFactoryOfOtherCodeIsNotUsed() throws Exception {
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        HttpsURLConnection.setDefaultSSLSocketFactory(trustAll().getSocketFactory());
        try {
            assertUntrusted();
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
    }

    @Test
    void defaultTlsContextOfOtherCodeIsNotUsed() throws Exception {
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(trustAll());
        try {
            assertUntrusted();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private void assertUntrusted() throws Exception {
        List<Integer> bytes = new CopyOnWriteArrayList<>();
        try (SocketServer server = new SocketServer(connection -> {
            connection.secure(LoopbackTls.serverContext());
            bytes.add(connection.in().read());
        })) {
            ClientSettings settings = FaultRun.settings(
                    server.url().replace("http:", "https:"),
                    Duration.ofSeconds(10),
                    null,
                    HeaderHandler.basic("ops", "s3cret"));
            try (PushgatewayClient client = new PushgatewayClient(settings)) {
                assertThat(client.send(Pushes.push("x", 1)).toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(20))
                        .withThrowableThat()
                        .withMessageContaining("TLS failed");
            }

            FaultRun.assertNoLeaks(server);
            assertThat(bytes).noneMatch(read -> read >= 0);
        }
    }

    private static SSLContext trustAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
