package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.PemIdentities;
import io.github.camelpushgateway.testing.PemIdentities.Identity;
import io.github.camelpushgateway.testing.PemIdentities.KeyFormat;
import io.github.camelpushgateway.testing.PemIdentities.Kind;
import io.github.camelpushgateway.testing.TlsServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of TLS from PEM files, on the component, on endpoints and as a bean. */
class PemOptionsTest extends ContextTestSupport {

    private static final PemIdentities AUTHORITY = PemIdentities.of(LoopbackTls.certificates());
    private static final Identity CLIENT = AUTHORITY.issue(Kind.EC);
    private static final String PASSWORD = "pa55-W0RD";

    @RegisterExtension
    final SecretScan scan = new SecretScan(PASSWORD);

    @TempDir
    Path folder;

    private TlsServer server;

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withEnableJMX();
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("ca.crt"), AUTHORITY.caPem());
        Files.writeString(folder.resolve("tls.crt"), CLIENT.certificatePem());
        Files.writeString(folder.resolve("tls.key"), CLIENT.keyPem(KeyFormat.PKCS8_ENCRYPTED, PASSWORD));
        server = new TlsServer(LoopbackTls.serverContext(), (SSLServerSocket socket) -> socket.setNeedClientAuth(true));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String file(String name) {
        return "file:" + folder.resolve(name);
    }

    private String files() {
        return "&caFile=" + file("ca.crt") + "&certFile=" + file("tls.crt") + "&keyFile=" + file("tls.key")
                + "&keyPassword=" + PASSWORD;
    }

    private String uri(String options) {
        return "pushgateway:load?metricName=rows&maxRetries=0&url=https://127.0.0.1:" + server.port() + options;
    }

    private @Nullable Exception push(String options) {
        Exchange exchange = context.createProducerTemplate()
                .request(uri(options), request -> request.getMessage().setBody(1));
        if (exchange.getException() != null) {
            scan.add(exchange.getException());
        }
        return exchange.getException();
    }

    private GatewayConfiguration component() {
        return gatewayOptions(context);
    }

    private void setFilesOnComponent() {
        component().setCaFile(file("ca.crt"));
        component().setCertFile(file("tls.crt"));
        component().setKeyFile(file("tls.key"));
        component().setKeyPassword(PASSWORD);
    }

    private PemSslContextParameters bean() {
        PemSslContextParameters bean = new PemSslContextParameters();
        bean.setCaFile(file("ca.crt"));
        bean.setCertFile(file("tls.crt"));
        bean.setKeyFile(file("tls.key"));
        bean.setKeyPassword(PASSWORD);
        return bean;
    }

    @Test
    void filesMayBeSetOnEndpointComponentAndBean() {
        assertThat(push(files())).isNull();

        context.getRegistry().bind("tls", bean());
        assertThat(push("&sslContextParameters=#tls")).isNull();

        context.setSSLContextParameters(bean());
        context.getComponent("pushgateway", PushgatewayComponent.class).setUseGlobalSslContextParameters(true);
        assertThat(push("&metricHelp=global")).isNull();
        context.getComponent("pushgateway", PushgatewayComponent.class).setUseGlobalSslContextParameters(false);

        setFilesOnComponent();
        assertThat(push("&metricHelp=component")).isNull();
        assertThat(server.sessions()).hasSize(4);
    }

    /** Otherwise each endpoint would have separate connections to the gateway. */
    @Test
    void endpointsWithEqualFilesShareConnections() {
        assertThat(push(files())).isNull();
        assertThat(push(files() + "&metricHelp=another")).isNull();

        assertThat(server.sessions())
                .extracting(TlsServer.Session::created)
                .hasSize(2)
                .containsOnly(server.sessions().get(0).created());
    }

    @Test
    void optionOfEndpointReplacesOptionOfComponent() {
        SSLContextParameters jvm = new SSLContextParameters();
        context.getRegistry().bind("jvm", jvm);
        context.getRegistry().bind("tls", bean());

        component().setSslContextParameters(jvm);
        assertThat(push(files())).isNull();
        assertThat(push("&metricHelp=component")).hasMessageContaining("TLS failed");

        component().setSslContextParameters(null);
        component().setCaFile("classpath:no-such-file");
        assertThat(push("&sslContextParameters=#tls")).isNull();

        component().setCaFile(null);
        context.setSSLContextParameters(jvm);
        context.getComponent("pushgateway", PushgatewayComponent.class).setUseGlobalSslContextParameters(true);
        assertThat(push(files() + "&metricHelp=global")).isNull();
    }

    /** As with user name and password, each option of the component holds for an endpoint that does not set it. */
    @Test
    void endpointMayAddOptionsToThoseOfComponent() {
        component().setCaFile(file("ca.crt"));

        assertThat(push("&certFile=" + file("tls.crt") + "&keyFile=" + file("tls.key") + "&keyPassword=" + PASSWORD))
                .isNull();
    }

    @Test
    void twoConfigurationsAtOneLevelAreRejected() {
        context.getRegistry().bind("tls", bean());
        assertRejected(
                files() + "&sslContextParameters=#tls",
                "both caFile and sslContextParameters are set; a connection has one TLS configuration, so remove one of"
                        + " them");

        component().setCaFile(file("ca.crt"));
        component().setSslContextParameters(bean());
        assertRejected(
                "",
                "both caFile and sslContextParameters are set; a connection has one TLS configuration, so remove one of"
                        + " them");

        component().setSslContextParameters(null);
        context.getComponent("pushgateway", PushgatewayComponent.class).setUseGlobalSslContextParameters(true);
        assertRejected(
                "",
                "both caFile and useGlobalSslContextParameters are set; a connection has one TLS configuration, so"
                        + " remove one of them");
    }

    @Test
    void optionThatRequiresAnotherIsRejected() {
        assertRejected(
                "&keyFile=file:tls.key",
                "keyFile is set, but certFile is not; set certFile to the certificate of this key");
        assertRejected(
                "&caFile=file:ca.crt&keyPassword=" + PASSWORD,
                "keyPassword is set, but certFile is not; set certFile and keyFile to the certificate and its key");
    }

    private void assertRejected(String options, String message) {
        assertThatThrownBy(() -> context.getEndpoint(uri(options)))
                .satisfies(failure -> scan.add(failure))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void blankOptionCountsAsUnset() {
        context.getRegistry().bind("tls", bean());
        component().setKeyPassword(" ");

        assertThat(push("&sslContextParameters=#tls&caFile=&certFile=%20&keyFile=&keyPassword="))
                .isNull();
    }

    @Test
    void resourcesOfAllKindsAreRead() throws IOException {
        Path root = Files.createDirectory(folder.resolve("class-path"));
        Files.writeString(root.resolve("ca-of-test.crt"), AUTHORITY.caPem());
        try (URLClassLoader classPath =
                new URLClassLoader(new URL[] {root.toUri().toURL()}, getClass().getClassLoader())) {
            context.setApplicationContextClassLoader(classPath);
            context.getRegistry().bind("crt", CLIENT.certificatePem());
            String client = "&certFile=ref:crt&keyFile=RAW(base64:" + base64(CLIENT.keyPem()) + ")";
            assertThat(push(client + "&caFile=classpath:ca-of-test.crt")).isNull();
            assertThat(push(client + "&caFile=ca-of-test.crt")).isNull();
            assertThat(push(client + "&caFile=" + folder.resolve("ca.crt"))).isNull();
            assertThat(push(client + "&caFile=" + file("ca.crt"))).isNull();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:FOLDER/no.crt | caFile file:FOLDER/no.crt does not exist",
                "file:FOLDER | caFile file:FOLDER cannot be read: FOLDER is a directory",
                "classpath:no.crt | caFile classpath:no.crt is not on the class path",
                "FOLDER/no.crt | caFile FOLDER/no.crt is neither a file nor on the class path",
                "ref:nobody | caFile ref:nobody cannot be read: There is no bean in the registry with name nobody and type String",
                "base64:5ecret! | caFile base64:... cannot be read: it is not valid Base64",
                "nothing:x | caFile nothing:x is not a resource of Camel; write a file as file:PATH"
            })
    void missingFileFailsTheStart(String location, String message) {
        String file = location.replace("FOLDER", folder.toString());
        String uri = uri("&caFile=RAW(" + file + ")");

        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:start").to(uri);
                    }
                }))
                .rootCause()
                .hasMessage(message.replace("FOLDER", folder.toString()));
    }

    @Test
    void keyAndPasswordAppearNowhere() throws Exception {
        String key = base64(CLIENT.keyPem());
        scan.secret(key.substring(40, 80));
        scan.secret(CLIENT.keyPem().lines().skip(1).findFirst().orElseThrow().substring(10, 50));
        String encrypted = base64(CLIENT.keyPem(KeyFormat.PKCS8_ENCRYPTED, PASSWORD));
        scan.secret(encrypted.substring(100, 140));
        String both = base64(CLIENT.certificatePem() + CLIENT.keyPem());
        scan.secret(both.substring(40, 80));
        String ca = "&caFile=" + file("ca.crt");
        List<String> spellings = List.of(
                ca + "&certFile=" + file("tls.crt") + "&keyFile=RAW(base64:" + key + ")",
                ca + "&cert-file=" + file("tls.crt") + "&key-file=RAW(base64:" + encrypted + ")&KEYPASSWORD="
                        + PASSWORD,
                ca + "&gateway.certFile=" + file("tls.crt") + "&gateway.keyFile=" + file("tls.key")
                        + "&gateway.key-password=" + PASSWORD,
                ca + "&certFile=RAW(base64:" + both + ")");
        for (String options : spellings) {
            assertThat(push(options)).isNull();
            assertThatThrownBy(() -> context.getEndpoint(uri(options + "&nonsense=1")))
                    .satisfies(failure -> scan.add(failure));
        }
        for (Endpoint endpoint : context.getEndpoints()) {
            scan.add(endpoint);
            scan.add(endpoint.getEndpointUri());
            scan.add(endpoint.getEndpointKey());
        }
        context.getRegistry().bind("tls", bean());
        assertThat(push("&sslContextParameters=#tls")).isNull();
        PemSslContextParameters withBoth = bean();
        withBoth.setCertFile("base64:" + both);
        withBoth.setKeyFile(null);
        context.getRegistry().bind("both", withBoth);
        assertThat(push("&sslContextParameters=#both")).isNull();
        scan.add(bean());
        scan.addConsoles(context);
        scan.addJmx();
    }

    static Stream<String> contents() {
        String key = CLIENT.keyPem();
        String encoded = base64(key);
        String binary = Base64.getEncoder().encodeToString(CLIENT.key().getEncoded());
        return Stream.of(
                key,
                key.replace("\n", ""),
                "file:" + key,
                CLIENT.keyPem(KeyFormat.TRADITIONAL_ENCRYPTED, PASSWORD),
                encoded,
                "BASE64:" + encoded,
                " base64:" + encoded,
                "data:application/x-pem-file;base64," + encoded,
                "optional:base64:" + encoded,
                binary,
                binary.replaceAll("(.{64})", "$1\n"),
                "file:" + binary);
    }

    /** A secret of Kubernetes or of a vault is the content of the file. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("contents")
    void contentInsteadOfLocationIsRejectedAndNotShown(String content) {
        for (int start = 40; start + 20 < content.length(); start += 20) {
            scan.secret(content.substring(start, start + 20));
        }
        String crt = "&certFile=" + file("tls.crt");
        assertRejected(crt + "&keyFile=RAW(" + content + ")", contentIn("keyFile"));
        assertRejected("&certFile=RAW(" + content + ")", contentIn("certFile"));
        component().setKeyFile(content);
        assertRejected(crt, contentIn("keyFile"));
        component().setKeyFile(null);
        PemSslContextParameters bean = bean();
        bean.setKeyFile(content);
        context.getRegistry().bind("tls", bean);
        assertRejected("&sslContextParameters=#tls", contentIn("keyFile"));
    }

    private static String contentIn(String option) {
        return option
                + " has the content of a file instead of its location; write file:PATH, or base64: and the content"
                + " in Base64";
    }

    /** Camel adds the URI to the exception of an endpoint that does not start. */
    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"&keyFile=RAW(base64:KEY)", "&keyFile=KEYFILE&httpHeader.X-Key=" + PASSWORD})
    void failedStartShowsNoSecret(String options) {
        String key = base64(CLIENT.keyPem());
        scan.secret(key.substring(40, 80));
        String uri = uri("&certFile=file:no-such.crt"
                + options.replace("KEYFILE", file("tls.key")).replace("KEY", key));

        assertThatThrownBy(() -> context.getEndpoint(uri))
                .hasMessageContaining("certFile file:no-such.crt does not exist")
                .satisfies(failure -> scan.add(failure));
    }

    @Test
    void beanRejectsOtherManagersAndMissingFiles() {
        PemSslContextParameters keys = bean();
        keys.setKeyManagers(new KeyManagersParameters());
        assertThatThrownBy(() -> keys.createSSLContext(context))
                .hasMessage("PemSslContextParameters has keyManagers, which replace its files; remove them, or use"
                        + " SSLContextParameters");
        PemSslContextParameters trust = bean();
        trust.setTrustManagers(new TrustManagersParameters());
        assertThatThrownBy(() -> trust.createSSLContext(context)).hasMessageContaining("has trustManagers");
        assertThatThrownBy(() -> new PemSslContextParameters().createSSLContext(context))
                .hasMessage("PemSslContextParameters has no file; set caFile, or certFile and keyFile");
    }

    @Test
    void beanResolvesPlaceholders() {
        context.getPropertiesComponent().addInitialProperty("folder", folder.toString());
        PemSslContextParameters bean = bean();
        bean.setCertFile("file:{{folder}}/tls.crt");
        context.getRegistry().bind("tls", bean);

        assertThat(push("&sslContextParameters=#tls")).isNull();
    }
}
