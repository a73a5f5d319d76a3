package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.support.jsse.CipherSuitesParameters;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication and TLS of real gateways, with valid, invalid and missing credentials. */
class ProtectedGatewayIT extends ContextTestSupport {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    /** Shared by tests that do not depend on the existing groups of the gateway. */
    @RegisterExtension
    static final PushgatewayExtension TLS =
            new PushgatewayExtension(PushgatewaySetup.plain().withTls(CERTIFICATES));

    private static final String PASSWORD = "pa55-W0RD";

    /** Gateway with TLS, client certificates, basic authentication and a path prefix. */
    @RegisterExtension
    static final PushgatewayExtension FULLY_PROTECTED = new PushgatewayExtension(PushgatewaySetup.plain()
            .withTls(CERTIFICATES)
            .withClientCertificates()
            .withBasicAuth("ops", PASSWORD)
            .withPathPrefix("/prom/gw"));

    private static final TestCertificates OTHERS = TestCertificates.create();

    @RegisterExtension
    final SecretScan scan = new SecretScan("tok3n-of-nobody");

    @TempDir
    Path folder;

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @BeforeEach
    void start() {
        scan.password("ops", PASSWORD);
    }

    // --- basic auth

    // camel-test-junit5 logs the name of a test, which must not contain a password
    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {PASSWORD, "a:b/c+d&e%f g", "pässwörd-€", "with \"quotes\" and \\", "RAW(xyz"})
    void correctPasswordIsAccepted(String password) {
        scan.password("ops", password);
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", password))) {
            component().setUsername("ops");
            component().setPassword(password);

            assertThat(push(gateway.url(), "").getException()).isNull();
            assertThat(gateway.group("job", "load").orElseThrow().value("rows")).isEqualTo(1);
        }
    }

    @Test
    void passwordInEndpointUriIsAccepted() {
        scan.password("ops", "a:b/c+d&e%f ü");
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", "a:b/c+d&e%f ü"))) {
            assertThat(push(gateway.url(), "&username=ops&password=RAW(a:b/c+d&e%f ü)")
                            .getException())
                    .isNull();
        }
    }

    @Test
    void wrongOrMissingPasswordFailsWith401() {
        scan.password("ops", "wr0ng-PASS");
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD))) {
            for (String credentials :
                    new String[] {"", "&username=ops&password=wr0ng-PASS", "&bearerToken=tok3n-of-nobody"}) {
                assertThat(push(gateway.url(), credentials).getException())
                        .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                            assertThat(failure.getStatusCode()).isEqualTo(401);
                            assertThat(failure.getResponseBody()).isEqualTo("Unauthorized");
                            assertThat(failure.getAttempts()).isEqualTo(1);
                            assertThat(failure).hasMessageContaining("username and password");
                        });
            }
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void customHandlerMayAddCredentials() {
        PushgatewayHandler addsCredentials = (request, next) -> next.handle(request.withHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(("ops:" + PASSWORD).getBytes(UTF_8))));
        context.getRegistry().bind("addsCredentials", addsCredentials);
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD))) {
            assertThat(push(gateway.url(), "&handler=#addsCredentials").getException())
                    .isNull();
        }
    }

    // --- TLS

    @Test
    void certificateOfTrustedAuthorityIsAccepted() throws Exception {
        bind("tls", trusting(CERTIFICATES));
        Pushgateway gateway = TLS.get();
        assertThat(push(gateway.url(), "&sslContextParameters=#tls").getException())
                .isNull();
        assertThat(push(gateway.url().replace("127.0.0.1", "localhost"), "&sslContextParameters=#tls")
                        .getException())
                .isNull();
        assertThat(gateway.group("job", "load")).isPresent();
    }

    @Test
    void tlsMayBeConfiguredOnComponentOrContext() throws Exception {
        Pushgateway gateway = TLS.get();
        component().setSslContextParameters(trusting(CERTIFICATES));
        assertThat(push(gateway.url(), "&metricHelp=1").getException()).isNull();

        component().setSslContextParameters(null);
        context.setSSLContextParameters(trusting(CERTIFICATES));
        assertThat(push(gateway.url(), "&metricHelp=2").getException()).isInstanceOf(PushgatewayException.class);

        context.getComponent("pushgateway", PushgatewayComponent.class).setUseGlobalSslContextParameters(true);
        assertThat(push(gateway.url(), "&metricHelp=3").getException()).isNull();
    }

    @Test
    void certificateOfUnknownAuthorityIsRejected() throws Exception {
        bind("tls", trusting(OTHERS));
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withTls(CERTIFICATES))) {
            assertTlsFails(push(gateway.url(), "&sslContextParameters=#tls"));
            assertTlsFails(push(gateway.url(), ""));
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void hostNameIsVerifiedEvenIfJvmAcceptsAnyName() throws Exception {
        TestCertificates addressOnly = TestCertificates.create("ip:127.0.0.1");
        bind("tls", trusting(addressOnly));
        var before = HttpsURLConnection.getDefaultHostnameVerifier();
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withTls(addressOnly))) {
            String byName = gateway.url().replace("127.0.0.1", "localhost");

            assertTlsFails(push(byName, "&sslContextParameters=#tls"));
            assertThat(gateway.groups()).isEmpty();
            assertThat(push(gateway.url(), "&sslContextParameters=#tls").getException())
                    .isNull();
        } finally {
            HttpsURLConnection.setDefaultHostnameVerifier(before);
        }
    }

    @Test
    void configuredProtocolsAreUsed() throws Exception {
        SSLContextParameters old = trusting(CERTIFICATES);
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.getSecureSocketProtocol().add("TLSv1.1");
        old.setSecureSocketProtocols(protocols);
        bind("tls", old);
        // gateways require at least TLS 1.2
        Pushgateway gateway = TLS.get();
        assertTlsFails(push(gateway.url(), "&sslContextParameters=#tls"));
    }

    @Test
    void configuredCipherSuitesAreUsed() throws Exception {
        bind("known", withCipher("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        // a cipher suite that the JDK supports and gateways do not
        bind("unknown", withCipher("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"));
        Pushgateway gateway = TLS.get();
        assertThat(push(gateway.url(), "&sslContextParameters=#known").getException())
                .isNull();
        assertTlsFails(push(gateway.url(), "&sslContextParameters=#unknown"));
    }

    private SSLContextParameters withCipher(String suite) throws IOException {
        SSLContextParameters parameters = trusting(CERTIFICATES);
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.getSecureSocketProtocol().add("TLSv1.2");
        parameters.setSecureSocketProtocols(protocols);
        CipherSuitesParameters suites = new CipherSuitesParameters();
        suites.getCipherSuite().add(suite);
        parameters.setCipherSuites(suites);
        return parameters;
    }

    @Test
    void clientCertificateIsSent() throws Exception {
        bind("right", withClientCertificate(CERTIFICATES, CERTIFICATES));
        bind("wrong", withClientCertificate(OTHERS, CERTIFICATES));
        bind("none", trusting(CERTIFICATES));
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withTls(CERTIFICATES).withClientCertificates())) {
            assertThat(push(gateway.url(), "&sslContextParameters=#right").getException())
                    .isNull();
            assertThat(gateway.groups()).hasSize(1);
            for (String wrong : new String[] {"wrong", "none"}) {
                // with TLS 1.3 the gateway rejects the certificate while the request is written or later, so the
                // error differs
                for (int i = 0; i < 10; i++) {
                    for (String operation : new String[] {"push&metricName=rows", "delete", "groups"}) {
                        String uri = "pushgateway:load?maxRetries=0&sslContextParameters=#" + wrong + "&url="
                                + gateway.url() + "&operation=" + operation;
                        Exchange failed = context.createProducerTemplate()
                                .request(uri, exchange -> exchange.getMessage().setBody(1));
                        assertThat(failed.getException())
                                .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                                    assertThat(failure.getStatusCode()).isZero();
                                    assertThat(failure)
                                            .hasCauseInstanceOf(IOException.class)
                                            .hasMessageContaining("client certificate")
                                            .hasMessageContaining("sslContextParameters")
                                            .hasMessageNotContaining("not HTTP");
                                });
                    }
                }
            }
        }
    }

    @Test
    void allKindsOfProtectionCanBeCombined() throws Exception {
        bind("tls", withClientCertificate(CERTIFICATES, CERTIFICATES));

        Exchange done =
                push(FULLY_PROTECTED.url() + "/", "&username=ops&password=" + PASSWORD + "&sslContextParameters=#tls");

        assertThat(done.getException()).isNull();
    }

    @Test
    void queriesUseSameCredentials() throws Exception {
        bind("tls", withClientCertificate(CERTIFICATES, CERTIFICATES));
        String options =
                "&username=ops&password=" + PASSWORD + "&sslContextParameters=#tls&url=" + FULLY_PROTECTED.url();
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("pushgateway:tmp-1?metricName=rows" + options, 1);

        assertThat((List<?>) template.requestBody("pushgateway:tmp-*?operation=groups" + options, null, List.class))
                .extracting(Object::toString)
                .containsExactly("{job=\"tmp-1\"}");
        assertThat((Map<?, ?>) template.requestBody("pushgateway:*?operation=status" + options, null, Map.class))
                .isNotEmpty();
        for (String operation : List.of("groups", "sweep", "status")) {
            Exchange failed = template.request(
                    "pushgateway:tmp-*?operation=" + operation + options.replace(PASSWORD, "wr0ng"), exchange -> {});
            assertThat(failed.getException()).hasMessageContaining("it responded with 401");
            scan.add(failed.getException());
        }
        assertThat((List<?>) template.requestBody("pushgateway:tmp-*?operation=sweep" + options, null, List.class))
                .hasSize(1);
    }

    @Test
    void healthCheckUsesSameCredentials() throws Exception {
        bind("tls", withClientCertificate(CERTIFICATES, CERTIFICATES));
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        push(FULLY_PROTECTED.url(), "&username=ops&password=" + PASSWORD + "&sslContextParameters=#tls");
        assertThat(health()).extracting(HealthCheck.Result::getState).containsExactly(HealthCheck.State.UP);

        push(FULLY_PROTECTED.url(), "&username=ops&password=" + PASSWORD);
        assertThat(health())
                .filteredOn(result -> result.getState() == HealthCheck.State.DOWN)
                .singleElement()
                .satisfies(
                        result -> assertThat(result.getMessage().orElseThrow()).contains("health check", "TLS failed"));
    }

    private List<HealthCheck.Result> health() {
        List<HealthCheck.Result> results = HealthCheckHelper.getHealthCheckRepository(context, "producers").stream()
                .filter(check -> check.getId().startsWith("producer:pushgateway"))
                .map(check -> check.call(Map.of()))
                .toList();
        results.forEach(result -> {
            scan.add(result.getDetails());
            scan.add(result.getMessage());
            result.getError().ifPresent(scan::add);
        });
        return results;
    }

    @Test
    void messageSuggestsHttpsForTlsPort() {
        Pushgateway gateway = TLS.get();
        assertThat(push(gateway.url().replace("https:", "http:"), "").getException())
                .isInstanceOfSatisfying(PushgatewayException.class, failure -> {
                    assertThat(failure.getStatusCode()).isEqualTo(400);
                    assertThat(failure).hasMessageContaining("write https");
                });
    }

    @Test
    void messageReportsFailedTlsForPlainPort() {
        try (Pushgateway gateway = Pushgateway.start()) {
            assertTlsFails(push(gateway.url().replace("http:", "https:"), ""));
        }
    }

    private static void assertTlsFails(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOfSatisfying(PushgatewayException.class, failure -> {
            assertThat(failure.getStatusCode()).isZero();
            assertThat(failure).hasCauseInstanceOf(SSLException.class).hasMessageContaining("TLS failed");
        });
    }

    private Exchange push(String url, String options) {
        Exchange exchange = context.createProducerTemplate()
                .request(
                        "pushgateway:load?metricName=rows&retryDelay=10&url=" + url + options,
                        pushed -> pushed.getMessage().setBody(1));
        scan.add(exchange);
        scan.add(exchange.getProperties());
        if (exchange.getException() != null) {
            scan.add(exchange.getException());
        }
        return exchange;
    }

    private GatewayConfiguration component() {
        return context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
    }

    private void bind(String name, SSLContextParameters parameters) {
        context.getRegistry().bind(name, parameters);
    }

    private SSLContextParameters trusting(TestCertificates certificates) throws IOException {
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store(certificates));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private SSLContextParameters withClientCertificate(TestCertificates own, TestCertificates trusted)
            throws IOException {
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store(own));
        keys.setKeyPassword("changeit");
        SSLContextParameters parameters = trusting(trusted);
        parameters.setKeyManagers(keys);
        parameters.setCertAlias("client");
        return parameters;
    }

    private KeyStoreParameters store(TestCertificates certificates) throws IOException {
        Path file = Files.createTempFile(folder, "store", ".p12");
        Files.write(file, certificates.pkcs12());
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setType("PKCS12");
        store.setPassword("changeit");
        return store;
    }
}
