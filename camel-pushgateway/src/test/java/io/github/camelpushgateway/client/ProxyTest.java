package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.PortProxies;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.ServerConnection;
import io.github.camelpushgateway.testing.SocketServer;
import io.github.camelpushgateway.testing.SocksServer;
import io.github.camelpushgateway.testing.WireServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The proxies of the JVM are used for HTTP, HTTPS and SOCKS. The credentials of the gateway are not visible in a
 * tunnel.
 */
class ProxyTest {

    private static final PushgatewayHandler CREDENTIALS = HeaderHandler.basic("ops", "s3cret");
    private static final String ENCODED = "b3BzOnMzY3JldA";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final List<WireServer.Request> atProxy = new CopyOnWriteArrayList<>();
    private final List<WireServer.Request> atGateway = new CopyOnWriteArrayList<>();

    private static SocketServer.Script responding(List<WireServer.Request> requests, String response) {
        return connection -> {
            for (WireServer.Request request = connection.read(); request != null; request = connection.read()) {
                requests.add(request);
                connection.write(response);
            }
        };
    }

    private static Proxy proxy(Proxy.Type type, SocketServer server) {
        return new Proxy(type, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static PushgatewayClient client(String url, PushgatewayHandler... further) {
        PushgatewayHandler[] handlers =
                Stream.concat(Stream.of(CREDENTIALS), Stream.of(further)).toArray(PushgatewayHandler[]::new);
        return new PushgatewayClient(FaultRun.settings(url, Duration.ofSeconds(10), LoopbackTls.client(), handlers));
    }

    private static void succeed(PushgatewayClient client) {
        assertThat(client.send(Pushes.push("x", 1)).toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    }

    private static PushgatewayException fail(PushgatewayClient client) {
        return (PushgatewayException) client.send(Pushes.push("x", 1))
                .handle((response, failure) -> failure)
                .toCompletableFuture()
                .join();
    }

    /** Only the proxy can resolve the host. */
    @ParameterizedTest
    @CsvSource({"http://gateway.invalid:9091, gateway.invalid:9091", "http://gateway.invalid, gateway.invalid"})
    void httpRequestHasTheWholeUrl(String url, String host) throws Exception {
        int port = GatewayUrl.parse(url).port();
        try (SocketServer server = new SocketServer(responding(atProxy, OK));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = client(url)) {
            proxies.add(port, proxy(Proxy.Type.HTTP, server)).add(-1, proxy(Proxy.Type.HTTP, server));
            succeed(client);
            succeed(client);

            assertThat(server.connections()).hasSize(1);
            assertThat(atProxy).hasSize(2).allSatisfy(request -> {
                assertThat(request.path()).isEqualTo(url + Pushes.KEY.path());
                assertThat(request.headers()).containsEntry("host", host);
            });
        }
    }

    static Stream<PushgatewayHandler> handlers() {
        return Stream.of(
                (request, next) -> next.handle(request),
                (request, next) -> next.handle(
                        request.withUrl(URI.create(request.url().toString().replace("xn--bcher-kva", "b\u00fccher")))));
    }

    /** The second handler sets such a URL itself. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("handlers")
    void nonAsciiHostIsWrittenInAscii(PushgatewayHandler handler) throws Exception {
        try (SocketServer server = new SocketServer(responding(atProxy, OK));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings("http://b\u00fccher.invalid:9091", Duration.ofSeconds(10), 0, handler))) {
            proxies.add(9091, proxy(Proxy.Type.HTTP, server));
            succeed(client);

            assertThat(atProxy).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("http://xn--bcher-kva.invalid:9091" + Pushes.KEY.path());
                assertThat(request.headers()).containsEntry("host", "xn--bcher-kva.invalid:9091");
            });
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("handlers")
    void tunnelAndTlsUseTheHostInAscii(PushgatewayHandler handler) throws Exception {
        try (SocketServer gateway = new SocketServer(connection -> connection.secure(LoopbackTls.serverContext()));
                SocketServer server = new SocketServer(connection -> {
                    WireServer.Request request = connection.readHead();
                    if (request != null) {
                        atProxy.add(request);
                        connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
                        SocksServer.relay(connection, gateway.port(), new ByteArrayOutputStream());
                    }
                });
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = new PushgatewayClient(FaultRun.settings(
                        "https://b\u00fccher.invalid:9091", Duration.ofSeconds(10), LoopbackTls.client(), handler))) {
            proxies.add(9091, proxy(Proxy.Type.HTTP, server));

            assertThat(fail(client)).hasMessageContaining("not valid for the host xn--bcher-kva.invalid");
            assertThat(atProxy).first().satisfies(request -> {
                assertThat(request.path()).isEqualTo("xn--bcher-kva.invalid:9091");
                assertThat(request.headers()).containsEntry("host", "xn--bcher-kva.invalid:9091");
            });
        }
    }

    @Test
    void httpsUsesATunnelWithoutCredentials() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (SocketServer gateway = new SocketServer(connection -> {
                    connection.secure(LoopbackTls.serverContext());
                    responding(atGateway, OK).run(connection);
                });
                SocketServer server = new SocketServer(connection -> {
                    WireServer.Request request = connection.readHead();
                    if (request != null) {
                        atProxy.add(request);
                        connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
                        SocksServer.relay(connection, gateway.port(), seen);
                    }
                });
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = client("https://127.0.0.1:" + gateway.port())) {
            proxies.add(gateway.port(), proxy(Proxy.Type.HTTP, server));
            succeed(client);
            succeed(client);

            String authority = "127.0.0.1:" + gateway.port();
            assertThat(atProxy).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("CONNECT");
                assertThat(request.path()).isEqualTo(authority);
                assertThat(request.headers()).containsEntry("host", authority);
                assertThat(request.headers()).doesNotContainKeys("authorization", "proxy-authorization");
            });
            assertThat(seen.toString(ISO_8859_1)).isNotEmpty().doesNotContain(ENCODED);
            assertThat(atGateway).hasSize(2).allSatisfy(request -> {
                assertThat(request.path()).isEqualTo(Pushes.KEY.path());
                assertThat(request.headers()).containsEntry("host", authority);
                assertThat(request.headers().get("authorization")).contains(ENCODED);
            });
        }
    }

    @Test
    void proxyReceivesItsCredentialsWithEachHttpRequest() throws Exception {
        try (SocketServer server = new SocketServer(responding(atProxy, OK));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client =
                        client("http://gateway.invalid:9091", HeaderHandler.proxyBasic("guest", "pr0xy"))) {
            proxies.add(9091, proxy(Proxy.Type.HTTP, server));
            succeed(client);
            succeed(client);

            assertThat(server.connections()).hasSize(1);
            assertThat(atProxy)
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers())
                            .containsEntry("proxy-authorization", "Basic Z3Vlc3Q6cHIweHk=")
                            .containsEntry("authorization", "Basic b3BzOnMzY3JldA=="));
        }
    }

    @Test
    void onlyTheRequestForATunnelHasTheCredentialsOfTheProxy() throws Exception {
        try (SocketServer gateway = new SocketServer(connection -> {
                    connection.secure(LoopbackTls.serverContext());
                    responding(atGateway, OK).run(connection);
                });
                SocketServer server = new SocketServer(connection -> {
                    WireServer.Request request = connection.readHead();
                    if (request != null) {
                        atProxy.add(request);
                        connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
                        SocksServer.relay(connection, gateway.port(), new ByteArrayOutputStream());
                    }
                });
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client =
                        client("https://127.0.0.1:" + gateway.port(), HeaderHandler.proxyBasic("guest", "pr0xy"))) {
            proxies.add(gateway.port(), proxy(Proxy.Type.HTTP, server));
            succeed(client);
            succeed(client);

            assertThat(atProxy)
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers())
                            .containsEntry("proxy-authorization", "Basic Z3Vlc3Q6cHIweHk=")
                            .doesNotContainKey("authorization"));
            assertThat(atGateway)
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers())
                            .containsEntry("authorization", "Basic b3BzOnMzY3JldA==")
                            .doesNotContainKey("proxy-authorization"));
        }
    }

    /** The parser quotes what is not a header. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyThatRepeatsItsCredentialsDoesNotRevealThem(String scheme) throws Exception {
        String invalid = "HTTP/1.1 200 X\r\nBasic Z3Vlc3Q6cHIweHk=\r\n\r\n";
        try (SocketServer server = new SocketServer(responding(atProxy, invalid));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client =
                        client(scheme + "://gateway.invalid:9", HeaderHandler.proxyBasic("guest", "pr0xy"))) {
            proxies.add(9, proxy(Proxy.Type.HTTP, server));

            assertThat(fail(client)).hasMessageContaining("header").satisfies(failure -> {
                for (Throwable each = failure; each != null; each = each.getCause()) {
                    assertThat(each.toString()).doesNotContain("Z3Vlc3Q6cHIweHk");
                }
            });
        }
    }

    /** Also without a proxy, and whoever has set the header. */
    @ParameterizedTest
    @ValueSource(strings = {"Proxy-Authorization", "proxy-authorization"})
    void gatewayNeverReceivesTheCredentialsOfAProxy(String header) throws Exception {
        for (PushgatewayHandler handler : List.<PushgatewayHandler>of(
                new HeaderHandler(header, "Bearer t0ken"),
                (request, next) -> next.handle(request.withHeader(header, "Bearer t0ken")))) {
            try (SocketServer gateway = new SocketServer(responding(atGateway, OK));
                    PushgatewayClient client = client(gateway.url(), handler)) {
                succeed(client);
            }
        }
        assertThat(atGateway)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("proxy-authorization"));
    }

    @ParameterizedTest
    @CsvSource({
        "http,  Basic realm=\"x\",                 false, set the options proxyUsername and proxyPassword",
        "https, Basic realm=\"x\",                 false, set the options proxyUsername and proxyPassword",
        "http,  Basic realm=\"x\",                 true,  check the options proxyUsername and proxyPassword",
        "https, Basic realm=\"x\",                 true,  check the options proxyUsername and proxyPassword",
        "http,  '',                                false, set the options proxyUsername and proxyPassword",
        "https, Negotiate,                         true,  requires an authentication scheme Negotiate (407)",
        "https, 'Digest realm=\"x\", NTLM',        true,  requires an authentication scheme NTLM (407)",
        "https, pr0xy,                             true,  requires an authentication scheme other than Basic (407)",
        "http,  'Negotiate, basic realm=\"x\"',    false, set the options proxyUsername and proxyPassword",
    })
    void proxyThatRequiresOtherCredentialsIsNamed(
            String scheme, String challenge, boolean hasCredentials, String remedy) throws Exception {
        String refusal = "HTTP/1.1 407 X\r\nProxy-Authenticate: " + challenge
                + "\r\nContent-Length: 20\r\n\r\nno user guest, pr0xy";
        PushgatewayHandler[] credentials = hasCredentials
                ? new PushgatewayHandler[] {HeaderHandler.proxyBasic("guest", "pr0xy")}
                : new PushgatewayHandler[0];
        try (SocketServer server = new SocketServer(responding(atProxy, refusal));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings(scheme + "://gateway.invalid:9", Duration.ofSeconds(10), 2, credentials))) {
            proxies.add(9, proxy(Proxy.Type.HTTP, server));
            PushgatewayException failure = fail(client);

            assertThat(failure)
                    .hasMessageContainingAll(
                            " failed through the HTTP proxy of the JVM at localhost:" + server.port() + ": the proxy ",
                            "(407)",
                            remedy)
                    .message()
                    .doesNotContain("pr0xy", "no user");
            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure.getAttempts()).isEqualTo(1);
            assertThat(atProxy).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, 1, 'the proxy requires credentials (401); set the options proxyUsername'",
        "403, 1, 'the proxy refused to connect to gateway.invalid:9 (403); let it permit CONNECT'",
        "502, 3, 'the proxy could not connect to gateway.invalid:9 (502); check that a gateway runs there'",
        "429, 3, 'the proxy refused to connect to gateway.invalid:9 (429)'"
    })
    void refusedTunnelIsRetriedIfItMayPass(int status, int attempts, String reason) throws Exception {
        try (SocketServer server = new SocketServer(
                        responding(atProxy, "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings("https://gateway.invalid:9", Duration.ofSeconds(10), 2))) {
            proxies.add(9, proxy(Proxy.Type.HTTP, server));
            PushgatewayException failure = fail(client);

            assertThat(failure).hasMessageContaining(reason);
            assertThat(failure.getAttempts()).isEqualTo(attempts);
            assertThat(atProxy).hasSize(attempts);
        }
    }

    /** The proxy accepts the connection, and then does not respond, closes it, or does not use HTTP. */
    static Stream<Arguments> silentProxies() {
        SocketServer.Script silent = ServerConnection::readHead;
        SocketServer.Script closing = connection -> {
            connection.readHead();
            connection.end();
        };
        SocketServer.Script other = connection -> {
            connection.readHead();
            connection.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        };
        return Stream.of(
                Arguments.of(silent, "https", "the proxy did not open a connection to the gateway within 500 ms"),
                Arguments.of(silent, "http", "no complete response was received within 500 ms"),
                Arguments.of(
                        closing, "https", "the proxy closed the connection, or its response to CONNECT is not HTTP"),
                Arguments.of(closing, "http", "the connection broke or the response is not HTTP"),
                Arguments.of(
                        other, "https", "the proxy closed the connection, or its response to CONNECT is not HTTP"));
    }

    @ParameterizedTest(name = "{1}, {2}")
    @MethodSource("silentProxies")
    void proxyWithoutResponseIsNamed(SocketServer.Script script, String scheme, String reason) throws Exception {
        try (SocketServer server = new SocketServer(script);
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings(scheme + "://gateway.invalid:9", Duration.ofMillis(500), 0))) {
            proxies.add(9, proxy(Proxy.Type.HTTP, server));

            assertThat(fail(client))
                    .hasMessageContainingAll(
                            " failed through the HTTP proxy of the JVM at localhost:" + server.port() + ": ", reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, Connection refused", "proxy.invalid, its host is unknown"})
    void unreachableProxyIsNamed(String host, String reason) throws Exception {
        try (PortProxies proxies = PortProxies.install();
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings("http://gateway.invalid:9", Duration.ofSeconds(10), 0))) {
            int port;
            try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = closed.getLocalPort();
            }
            proxies.add(9, new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));

            assertThat(fail(client))
                    .hasMessageContainingAll(
                            " failed through the HTTP proxy of the JVM at " + host + ':' + port + ": ",
                            "the proxy did not connect (" + reason,
                            "http.nonProxyHosts");
        }
    }

    /** A later push without the proxy must not name it. */
    @Test
    void directConnectionAfterAProxyIsNotAttributedToTheProxy() throws Exception {
        try (SocketServer server = new SocketServer(ServerConnection::end);
                PushgatewayClient client = new PushgatewayClient(
                        Pushes.settings("http://127.0.0.1:" + server.port(), Duration.ofSeconds(10), 0))) {
            try (PortProxies proxies = PortProxies.install()) {
                proxies.add(server.port(), proxy(Proxy.Type.HTTP, server));
                assertThat(fail(client)).hasMessageContaining("through the HTTP proxy");
            }

            assertThat(fail(client)).message().doesNotContain("proxy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "502 Bad Gateway", "403 Forbidden"})
    void refusedTunnelIsAFailureOfTheProxy(String status) throws Exception {
        try (SocketServer server = new SocketServer(
                        responding(atProxy, "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno"));
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = client("https://gateway.invalid:9")) {
            proxies.add(9, proxy(Proxy.Type.HTTP, server));
            PushgatewayException failure = fail(client);

            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure).hasMessageContainingAll("proxy", status.substring(0, 3));
            assertThat(atProxy).isNotEmpty().allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("CONNECT");
                assertThat(request.headers()).doesNotContainKeys("authorization", "proxy-authorization");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"'', true", "other.invalid, true", "gateway.invalid, false", "*.invalid, false"})
    void nonProxyHostsAreReachedWithoutTheProxy(String nonProxyHosts, boolean proxied) throws Exception {
        Properties before = System.getProperties();
        try (SocketServer server = new SocketServer(responding(atProxy, OK))) {
            Properties changed = new Properties();
            changed.putAll(before);
            changed.putAll(Map.of(
                    "http.proxyHost",
                    "127.0.0.1",
                    "http.proxyPort",
                    String.valueOf(server.port()),
                    "http.nonProxyHosts",
                    nonProxyHosts));
            System.setProperties(changed);
            try (PushgatewayClient client = client("http://gateway.invalid:9091")) {
                if (proxied) {
                    succeed(client);
                } else {
                    assertThat(fail(client)).hasMessageContaining("host");
                }
                assertThat(atProxy).hasSize(proxied ? 1 : 0);
            }
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void socksProxyIsUsed() throws Exception {
        try (SocketServer gateway = new SocketServer(responding(atGateway, OK));
                SocksServer socks = new SocksServer();
                PortProxies proxies = PortProxies.install();
                PushgatewayClient client = client(gateway.url())) {
            proxies.add(gateway.port(), proxy(Proxy.Type.SOCKS, socks.server()));
            succeed(client);

            assertThat(socks.targets()).containsExactly(gateway.port());
            assertThat(atGateway).hasSize(1);
        }
    }
}
