package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.JvmProxy;
import io.github.camelpushgateway.testing.Tinyproxy;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real gateways behind a real HTTP proxy, with and without credentials. */
class ProxyIT extends ContextTestSupport {

    private static final String PASSWORD = "pr0xy-PA55";
    private static final String WRONG = "wr0ng-PA55";
    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @RegisterExtension
    static final PushgatewayExtension PLAIN = new PushgatewayExtension(PushgatewaySetup.plain());

    @RegisterExtension
    static final PushgatewayExtension TLS =
            new PushgatewayExtension(PushgatewaySetup.plain().withTls(CERTIFICATES));

    private static Tinyproxy open;
    private static Tinyproxy restricted;

    @RegisterExtension
    final SecretScan scan = new SecretScan();

    @TempDir
    Path folder;

    @BeforeAll
    static void startProxies() throws IOException {
        open = Tinyproxy.start(null);
        restricted = Tinyproxy.start("guest " + PASSWORD);
    }

    @AfterAll
    static void stopProxies() {
        if (open != null) {
            open.close();
        }
        if (restricted != null) {
            restricted.close();
        }
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @BeforeEach
    void configure() throws IOException {
        scan.password("guest", PASSWORD);
        scan.password("guest", WRONG);
        Path store = folder.resolve("trust.p12");
        Files.write(store, CERTIFICATES.pkcs12());
        KeyStoreParameters trusted = new KeyStoreParameters();
        trusted.setResource("file:" + store);
        trusted.setType("PKCS12");
        trusted.setPassword("changeit");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(trusted);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        component().setSslContextParameters(parameters);
        component().setMaxRetries(0);
    }

    private GatewayConfiguration component() {
        return context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
    }

    private static Pushgateway gateway(String scheme) {
        return scheme.equals("http") ? PLAIN.get() : TLS.get();
    }

    private static String authority(Pushgateway gateway) {
        return gateway.url().replaceFirst("https?://", "");
    }

    private Exchange push(int proxyPort, String url, String options) throws Exception {
        try (JvmProxy proxy = new JvmProxy(proxyPort)) {
            proxy.set();
            Exchange exchange = template.request(
                    "pushgateway:load?metricName=rows&url=" + url + options,
                    each -> each.getMessage().setBody(1));
            scan.addJmx();
            if (exchange.getException() != null) {
                scan.add(exchange.getException());
            }
            return exchange;
        }
    }

    private PushgatewayException failure(int proxyPort, String url, String options) throws Exception {
        Exception failure = push(proxyPort, url, options).getException();
        assertThat(failure).isInstanceOf(PushgatewayException.class);
        return (PushgatewayException) failure;
    }

    /** The gateway is reached through the proxy, and a second push as well. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void pushesPassThroughTheProxy(String scheme) throws Exception {
        Pushgateway gateway = gateway(scheme);
        for (int i = 0; i < 2; i++) {
            assertThat(push(open.port(), gateway.url(), "&groupingKey.proxy=open")
                            .getException())
                    .isNull();
        }

        assertThat(gateway.group("job", "load", "proxy", "open").orElseThrow().value("rows"))
                .isEqualTo(1);
        assertThat(open.log())
                .contains(
                        scheme.equals("http")
                                ? "POST " + gateway.url() + "/metrics/job/load/proxy/open HTTP/1.1"
                                : "CONNECT " + authority(gateway) + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyReceivesCredentialsOfTheComponent(String scheme) throws Exception {
        component().setProxyUsername("guest");
        component().setProxyPassword(PASSWORD);

        assertThat(push(restricted.port(), gateway(scheme).url(), "&groupingKey.proxy=component")
                        .getException())
                .isNull();
        assertThat(gateway(scheme).group("job", "load", "proxy", "component")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void proxyReceivesCredentialsOfTheEndpoint(String scheme) throws Exception {
        assertThat(push(
                                restricted.port(),
                                gateway(scheme).url(),
                                "&groupingKey.proxy=endpoint&proxyUsername=guest&proxyPassword=" + PASSWORD)
                        .getException())
                .isNull();
        assertThat(gateway(scheme).group("job", "load", "proxy", "endpoint")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void missingAndWrongCredentialsAreNamed(String scheme) throws Exception {
        String through = " failed through the HTTP proxy of the JVM at 127.0.0.1:" + restricted.port() + ": the proxy ";

        assertThat(failure(restricted.port(), gateway(scheme).url(), ""))
                .hasMessageContaining(through + "requires credentials (407); set the options proxyUsername and"
                        + " proxyPassword, or add the host of the gateway to the system property http.nonProxyHosts");
        // tinyproxy responds with 401 instead of 407, which with http may also come from the gateway
        assertThat(failure(restricted.port(), gateway(scheme).url(), "&proxyUsername=guest&proxyPassword=" + WRONG))
                .hasMessageContaining(
                        scheme.equals("https")
                                ? through + "does not accept the credentials (401); check the options proxyUsername and"
                                        + " proxyPassword"
                                : " failed through the HTTP proxy of the JVM at 127.0.0.1:" + restricted.port()
                                        + ": it responded with 401")
                .hasMessageContaining("proxyUsername and proxyPassword");
    }

    @Test
    void gatewayDoesNotReceiveTheCredentials() throws Exception {
        try (WireServer gateway = new WireServer(WireServer.status(200, ""))) {
            push(
                    restricted.port(),
                    gateway.url(),
                    "&username=ops&password=s3cret-X&proxyUsername=guest&proxyPassword=" + PASSWORD);

            assertThat(gateway.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers())
                            .containsKey("authorization")
                            .doesNotContainKey("proxy-authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void stoppedGatewayIsNamedWithTheProxy(String scheme) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(failure(open.port(), scheme + "://127.0.0.1:" + closed, ""))
                .hasMessageContaining("http" + (scheme.equals("https") ? "s" : "") + "://127.0.0.1:" + closed)
                .hasMessageContaining(" through the HTTP proxy of the JVM at 127.0.0.1:" + open.port());
    }

    @Test
    void refusedTunnelIsNamed() throws Exception {
        try (Tinyproxy proxy = Tinyproxy.start(null, "ConnectPort 443")) {
            assertThat(failure(proxy.port(), gateway("https").url(), ""))
                    .hasMessageContaining("the proxy refused to connect to " + authority(gateway("https")) + " (403);"
                            + " let it permit CONNECT to this host and port");
        }
    }

    @Test
    void hostWithoutProxyIsReachedDirectly() {
        try (JvmProxy proxy = new JvmProxy(1)) {
            proxy.set("127.*");
            assertThat(template.request(
                                    "pushgateway:direct?metricName=rows&url="
                                            + gateway("http").url(),
                                    each -> each.getMessage().setBody(1))
                            .getException())
                    .isNull();
        }
    }
}
