package io.github.camelpushgateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.PemIdentities;
import io.github.camelpushgateway.testing.Tinyproxy;
import io.github.camelpushgateway.testing.TlsServer;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.github.camelpushgateway.testing.WireServer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor with real gateways. Those with TLS are checked by separate JVMs, whose system properties TLS uses. */
@Timeout(180)
class DoctorIT {

    private static final String PASSWORD = "pa55+%&W0RD";

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    private static final VersionedGateways GATEWAYS = new VersionedGateways();

    @RegisterExtension
    static final PushgatewayExtension PROTECTED = new PushgatewayExtension(PushgatewaySetup.plain()
            .withTls(CERTIFICATES)
            .withBasicAuth("ops", PASSWORD)
            .withPathPrefix("/prom/gw"));

    @RegisterExtension
    static final PushgatewayExtension CLIENT_CERTIFICATE = new PushgatewayExtension(
            PushgatewaySetup.plain().withTls(CERTIFICATES).withClientCertificates());

    @TempDir
    static Path folder;

    @AfterAll
    static void close() {
        GATEWAYS.close();
    }

    @ParameterizedTest
    @CsvSource({"1.5.1, text, none", "1.5.1, protobuf, gzip", "1.11.2, text, snappy", "1.11.2, text, none"})
    void healthyGatewayIsOk(String version, String format, String compression) {
        Pushgateway gateway = gateway(version);

        Checks.Result result = Checks.run(gateway.url(), "format=" + format, "compression=" + compression);

        assertThat(result.text()).contains("Pushgateway " + version + ";").doesNotContain("warn", "failed");
        for (String step :
                List.of("url", "dns", "connect", "tls", "auth", "ready", "version", "push", "read", "delete")) {
            assertThat(result.mark(step)).as(step).isEqualTo("ok");
        }
        assertThat(result.exitCode()).isZero();
        assertThat(gateway.groups()).isEmpty();
    }

    @Test
    void gatewayWithoutUtf8NamesFailsOnlyIfTheyAreSent() {
        Pushgateway gateway = gateway("1.11.2");

        assertThat(Checks.run(gateway.url(), "escaping=values").exitCode()).isZero();
        Checks.Result result = Checks.run(gateway.url(), "escaping=utf8");

        assertThat(result.mark("version")).isEqualTo("failed");
        assertThat(result.text()).contains("--push.enable-utf8-names", "escaping=values");
        try (Pushgateway withFlag = Pushgateway.start(
                PushgatewaySetup.plain().withVersion("1.11.2").withFlag("--push.enable-utf8-names"))) {
            assertThat(Checks.run(withFlag.url(), "escaping=utf8", "format=protobuf")
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void compressionThatTheGatewayDoesNotSupportIsBroken() {
        Pushgateway gateway = gateway("1.5.1");

        Checks.Result result = Checks.run(gateway.url(), "compression=snappy");

        assertThat(result.mark("push")).isEqualTo("failed");
        assertThat(result.text()).contains("of this check was deleted");
        assertThat(gateway.groups()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5.1", "1.11.2"})
    void disabledConsistencyCheckIsAWarning(String version) {
        gateway(version);
        try (Pushgateway gateway = Pushgateway.start(
                PushgatewaySetup.plain().withVersion(version).withFlag("--push.disable-consistency-check"))) {
            Checks.Result result = Checks.run(gateway.url());

            assertThat(result.exitCode()).isZero();
            assertThat(result.mark("version")).isEqualTo("warn");
            assertThat(result.mark("delete")).isEqualTo("ok");
            assertThat(result.text()).contains("remove this flag");
        }
    }

    @Test
    void flagsOfTheGatewayAreShown() {
        gateway("1.11.2");
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain()
                .withVersion("1.11.2")
                .withFlag("--web.enable-admin-api")
                .withFlag("--push.enable-utf8-names"))) {
            Checks.Result result = Checks.run(gateway.url());

            assertThat(result.text()).contains("admin API on, UTF-8 names on");
        }
    }

    @Test
    void eachOfSeveralGatewaysIsChecked() {
        Pushgateway gateway = gateway("1.11.2");

        Checks.Result result = Checks.run("http://localhost:1," + gateway.url());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.text()).contains("refuses connections", "Pushes to " + gateway.url() + " arrive.");
    }

    @Test
    void plainHttpToATlsPortIsBroken() {
        Checks.Result result = Checks.run(PROTECTED.url().replace("https:", "http:"));

        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text()).contains("Write https:// instead of http:// in url.");
    }

    /** A server that closes the connection, instead of a response in plain HTTP. */
    @Test
    void plainHttpToAnotherTlsServerIsBroken() throws IOException {
        try (TlsServer server = new TlsServer(CERTIFICATES.serverContext(), socket -> {})) {
            Checks.Result result = Checks.run("http://localhost:" + server.port());

            assertThat(result.mark("tls")).isEqualTo("failed");
            assertThat(result.text()).contains("Write https:// instead of http:// in url.");
        }
    }

    @Test
    void tlsToAPlainPortIsBroken() {
        Checks.Result result = Checks.run(gateway("1.11.2").url().replace("http:", "https:"));

        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text()).contains("does not use TLS at this port", "Write http:// instead of https://");
    }

    @Test
    void untrustedAuthorityIsBroken() {
        Checks.Result result = Checks.run(PROTECTED.url());

        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text())
                .contains("is not trusted; its authority is CN=camel-pushgateway test ca", "javax.net.ssl.trustStore");
    }

    // --- separate JVMs, without Camel

    @Test
    void protectedGatewayIsOk() throws Exception {
        Checks.Result result = child(
                trusting(CERTIFICATES), Map.of("PUSHGATEWAY_PASSWORD", PASSWORD), PROTECTED.url(), "username=ops");

        assertThat(result.text())
                .contains(
                        "TLSv1.3, the certificate is trusted and valid until 20",
                        "accepts requests with these credentials")
                .doesNotContain(PASSWORD, "pa55", "failed");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void wrongPasswordIsBroken() throws Exception {
        Checks.Result result = child(
                trusting(CERTIFICATES), Map.of("PUSHGATEWAY_PASSWORD", "wr0ng-pa55"), PROTECTED.url(), "username=ops");

        assertThat(result.mark("tls")).isEqualTo("ok");
        assertThat(result.mark("auth")).isEqualTo("failed");
        assertThat(result.text())
                .contains("does not accept the credentials (401)")
                .doesNotContain("pa55");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void otherHostIsBroken() throws Exception {
        TestCertificates other = TestCertificates.create("dns:gateway.example.org");
        try (TlsServer server = new TlsServer(other.serverContext(), socket -> {})) {
            Checks.Result result = child(trusting(other), Map.of(), "https://localhost:" + server.port());

            assertThat(result.mark("tls")).isEqualTo("failed");
            assertThat(result.text()).contains("not valid for the host localhost, but for gateway.example.org");
        }
    }

    @Test
    void expiredCertificateIsBroken() throws Exception {
        KeyStore store = expired();
        try (TlsServer server = new TlsServer(serverContext(store), socket -> {})) {
            Checks.Result result = child(trusting("expired", store), Map.of(), "https://localhost:" + server.port());

            assertThat(result.mark("tls")).isEqualTo("failed");
            assertThat(result.text()).contains("has expired", "Renew the certificate");
        }
    }

    @Test
    void missingTrustStoreIsBroken() throws Exception {
        Checks.Result result =
                child(List.of("-Djavax.net.ssl.trustStore=" + folder.resolve("none.p12")), Map.of(), PROTECTED.url());

        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text()).contains("none.p12", "cannot be read");
    }

    /** The JVM reads nothing from a store in PKCS#12 without its password. */
    @Test
    void missingPasswordOfTrustStoreIsBroken() throws Exception {
        Checks.Result result = child(trusting(CERTIFICATES).subList(0, 1), Map.of(), PROTECTED.url());

        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text()).contains("trust store of the JVM is empty", "javax.net.ssl.trustStorePassword");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void missingClientCertificateIsBroken(String protocol) throws Exception {
        Checks.Result result = child(
                trusting(CERTIFICATES, "-Djdk.tls.client.protocols=" + protocol), Map.of(), CLIENT_CERTIFICATE.url());

        assertThat(result.text()).containsPattern("failed +tls").contains("client certificate", "keyStore");
        assertThat(result.mark("auth")).isEmpty();
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void clientCertificateOfTheJvmIsUsed() throws Exception {
        Path keys = folder.resolve("client.p12");
        Files.write(keys, CERTIFICATES.pkcs12());

        Checks.Result result = child(
                trusting(CERTIFICATES, "-Djavax.net.ssl.keyStore=" + keys, "-Djavax.net.ssl.keyStorePassword=changeit"),
                Map.of(),
                CLIENT_CERTIFICATE.url());

        assertThat(result.text()).contains(" arrive.");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void pemFilesAreUsed() throws Exception {
        PemIdentities.Identity client = PemIdentities.of(CERTIFICATES).issue(PemIdentities.Kind.EC);
        Path ca = Files.writeString(folder.resolve("ca.crt"), CERTIFICATES.caPem());
        Path crt = Files.writeString(folder.resolve("tls.crt"), client.certificatePem());
        Path key = Files.writeString(
                folder.resolve("tls.key"), client.keyPem(PemIdentities.KeyFormat.PKCS8_ENCRYPTED, PASSWORD));
        String[] files = {CLIENT_CERTIFICATE.url(), "caFile=file:" + ca, "certFile=file:" + crt, "keyFile=file:" + key};

        Checks.Result result = Checks.run(Map.of("PUSHGATEWAY_KEY_PASSWORD", PASSWORD), files);
        assertThat(result.text()).contains(" arrive.");
        assertThat(result.exitCode()).isZero();

        result = Checks.run(Map.of(), files);
        assertThat(result.mark("tls")).isEqualTo("failed");
        assertThat(result.text())
                .contains("keyFile file:" + key + " has an encrypted key; set keyPassword")
                .doesNotContain(PASSWORD);
        assertThat(result.exitCode()).isEqualTo(1);

        result = Checks.run(CLIENT_CERTIFICATE.url(), "caFile=file:" + ca);
        assertThat(result.text()).containsPattern("failed +tls").contains("certFile and keyFile");
    }

    @ParameterizedTest
    @CsvSource({"localhost, connect, the proxy of the JVM at localhost:1 refuses", "proxy.invalid, dns, is unknown"})
    void unreachableProxyIsBroken(String host, String step, String problem) throws Exception {
        Checks.Result result = child(
                List.of("-Dhttp.proxyHost=" + host, "-Dhttp.proxyPort=1", "-Dhttp.nonProxyHosts="),
                Map.of(),
                gateway("1.11.2").url());

        assertThat(result.mark(step)).isEqualTo("failed");
        assertThat(result.text()).contains(problem, "http.nonProxyHosts").doesNotContain("Start the gateway");
    }

    @Test
    void gatewayBehindAProxyIsOk() throws Exception {
        Pushgateway gateway = gateway("1.11.2");
        try (DelayingProxy proxy = new DelayingProxy(gateway.url())) {
            proxy.release();
            Checks.Result result = child(
                    List.of(
                            "-Dhttp.proxyHost=127.0.0.1",
                            "-Dhttp.proxyPort=" + proxy.url().replaceFirst(".*:", ""),
                            "-Dhttp.nonProxyHosts="),
                    Map.of(),
                    gateway.url());

            assertThat(result.text())
                    .contains(
                            "127.0.0.1, the proxy of the JVM, is an address",
                            "ok      proxy    requests pass through the proxy of the JVM at 127.0.0.1:",
                            " arrive.");
            assertThat(proxy.hasPushed()).isTrue();
        }
    }

    /** A proxy responds to the request itself, or refuses the tunnel. */
    @ParameterizedTest
    @CsvSource({"http, auth, the proxy of the JVM", "https, proxy, the proxy refused to connect"})
    void forbiddingProxyIsNamed(String scheme, String step, String problem) throws Exception {
        try (WireServer proxy = new WireServer(WireServer.status(403, "no"))) {
            Checks.Result result = child(
                    List.of(
                            "-D" + scheme + ".proxyHost=127.0.0.1",
                            "-D" + scheme + ".proxyPort=" + proxy.url().replaceFirst(".*:", ""),
                            "-Dhttp.nonProxyHosts="),
                    Map.of(),
                    scheme + "://localhost:9091");

            assertThat(result.mark(step)).isEqualTo("failed");
            assertThat(result.text()).contains(problem, "(403)", "http.nonProxyHosts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void gatewayBehindAProxyWithAPasswordIsOk(String scheme) throws Exception {
        boolean isPlain = scheme.equals("http");
        String url = isPlain ? gateway("1.11.2").url() : PROTECTED.url();
        try (Tinyproxy proxy = Tinyproxy.start("guest pr0xy-PA55")) {
            List<String> options = new ArrayList<>(trusting(CERTIFICATES));
            options.addAll(List.of(
                    "-D" + scheme + ".proxyHost=127.0.0.1",
                    "-D" + scheme + ".proxyPort=" + proxy.port(),
                    "-Dhttp.nonProxyHosts="));
            Map<String, String> environment = new HashMap<>(Map.of("PUSHGATEWAY_PROXY_PASSWORD", "pr0xy-PA55"));
            if (!isPlain) {
                environment.putAll(Map.of("PUSHGATEWAY_USERNAME", "ops", "PUSHGATEWAY_PASSWORD", PASSWORD));
            }
            Checks.Result result = child(options, environment, url, "proxyUsername=guest");

            assertThat(result.text())
                    .contains("at 127.0.0.1:" + proxy.port() + ", with credentials", " arrive.")
                    .doesNotContain(PASSWORD, "PA55");
            assertThat(result.exitCode()).isZero();
        }
    }

    /** SIGTERM has the effect of Ctrl-C. */
    @Test
    void groupIsDeletedWhenTheJvmIsStopped() throws Exception {
        Pushgateway gateway = gateway("1.11.2");
        int groups = gateway.groups().size();
        try (DelayingProxy proxy = new DelayingProxy(gateway.url())) {
            Process process = start(List.of(), Map.of(), proxy.url());
            try {
                proxy.awaitPush();
                process.destroy();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(proxy.hasPushed()).isTrue();
        }
        assertThat(gateway.groups()).hasSize(groups);
    }

    private static Pushgateway gateway(String version) {
        var gateway = GATEWAYS.find(version);
        Assumptions.assumeTrue(gateway.isPresent());
        return gateway.get();
    }

    private static List<String> trusting(TestCertificates certificates, String... options) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(new ByteArrayInputStream(certificates.pkcs12()), "changeit".toCharArray());
        return trusting("trust-" + System.identityHashCode(certificates), all, options);
    }

    /** Returns the system properties for a trust store with the authority of a store. */
    private static List<String> trusting(String name, KeyStore certificates, String... options) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", certificates.getCertificate("ca"));
        Path file = folder.resolve(name + ".p12");
        try (var out = Files.newOutputStream(file)) {
            trusted.store(out, "changeit".toCharArray());
        }
        List<String> all = new ArrayList<>(
                List.of("-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=changeit"));
        all.addAll(List.of(options));
        return all;
    }

    private static KeyStore expired() throws Exception {
        Path file = folder.resolve("expired-server.p12");
        keytool(file, "ca", "-ext", "bc:c=ca:true");
        keytool(file, "server", "-signer", "ca", "-ext", "san=dns:localhost", "-startdate", "-10d");
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }

    private static void keytool(Path file, String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static SSLContext serverContext(KeyStore store) throws Exception {
        KeyStore server = KeyStore.getInstance("PKCS12");
        char[] password = "changeit".toCharArray();
        server.load(null, null);
        server.setKeyEntry("server", store.getKey("server", password), password, store.getCertificateChain("server"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @ParameterizedTest
    @CsvSource({
        "format=protobuf, io.prometheus:prometheus-metrics-exposition-formats",
        "compression=snappy, io.airlift:aircompressor"
    })
    void missingLibraryIsNamed(String option, String library) throws Exception {
        Checks.Result result = child(List.of(), Map.of(), "http://localhost:9091", option);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.text()).startsWith("Invalid arguments: ").contains(library);
    }

    /** Without the jar, each push looks like one to a server that does not respond. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.prometheus:prometheus-metrics-model",
                "io.prometheus:prometheus-metrics-config",
                "com.fasterxml.jackson.core:jackson-core",
                "org.apache.httpcomponents.core5:httpcore5",
                "org.slf4j:slf4j-api"
            })
    void missingJarOfEachPushIsNamed(String library) throws Exception {
        String jar = '/' + library.replaceFirst(".*:", "") + '-';

        Checks.Result result =
                result(start(entry -> !entry.contains(jar), List.of(), Map.of(), "http://localhost:9091"));

        assertThat(result.mark("jars")).isEqualTo("failed");
        assertThat(result.text())
                .contains("the library " + library + " is not on the class path")
                .doesNotContain("Exception in thread");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    private static Checks.Result child(List<String> options, Map<String, String> environment, String... arguments)
            throws Exception {
        return result(start(options, environment, arguments));
    }

    private static Checks.Result result(Process process) throws Exception {
        try {
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Checks.Result(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts the doctor with the dependencies of the component only, without Camel. */
    private static Process start(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(entry -> true, options, environment, arguments);
    }

    private static Process start(
            Predicate<String> jars, List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(
                        ".*(camel-pushgateway.(target.classes|[^/]*\\.jar)|jackson-core-[^/]*|httpcore5-[^/]*"
                                + "|prometheus-metrics-(model|config|annotations)-[^/]*|slf4j-api-[^/]*)"))
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .filter(jars)
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).doesNotContain("camel-api", "camel-support");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // the process runs for a second, too short to benefit from the C2 compiler or a parallel collector
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Doctor.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
