package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.PemIdentities;
import io.github.camelpushgateway.testing.PemIdentities.Identity;
import io.github.camelpushgateway.testing.PemIdentities.KeyFormat;
import io.github.camelpushgateway.testing.PemIdentities.Kind;
import io.github.camelpushgateway.testing.VersionedGateways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS from PEM files, on real gateways that require a client certificate. */
class PemIT extends ContextTestSupport {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final PemIdentities AUTHORITY = PemIdentities.of(CERTIFICATES);
    private static final PemIdentities FOREIGN = PemIdentities.of(TestCertificates.create());
    private static final String PASSWORD = "pa55-W0RD";

    private static final VersionedGateways GATEWAYS =
            new VersionedGateways(PushgatewaySetup.plain().withTls(CERTIFICATES).withClientCertificates());

    @RegisterExtension
    final SecretScan scan = new SecretScan(PASSWORD);

    @TempDir
    Path folder;

    private final AtomicInteger endpoints = new AtomicInteger();

    @AfterAll
    static void stop() {
        GATEWAYS.close();
    }

    private static Pushgateway gateway(String version) {
        var found = GATEWAYS.find(version);
        assumeThat(found).as("gateway %s", version).isPresent();
        return found.orElseThrow();
    }

    /** Pushes on a new connection, because the settings differ. */
    private @Nullable Exception push(Pushgateway gateway, String job, String options) {
        Exchange exchange = context.createProducerTemplate()
                .request(
                        "pushgateway:" + job + "?metricName=rows&maxRetries=0&url=" + gateway.url() + "&requestTimeout="
                                + (20_000 + endpoints.incrementAndGet()) + options,
                        request -> request.getMessage().setBody(1));
        if (exchange.getException() != null) {
            scan.add(exchange.getException());
        }
        return exchange.getException();
    }

    private static void write(Path target, String ca, Identity identity, String key) {
        try {
            Files.createDirectories(target);
            Files.writeString(target.resolve("ca.crt"), ca);
            Files.writeString(target.resolve("tls.crt"), identity.certificatePem());
            Files.writeString(target.resolve("tls.key"), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String options(Path files) {
        return "&caFile=file:" + files + "/ca.crt&certFile=file:" + files + "/tls.crt&keyFile=file:" + files
                + "/tls.key&keyPassword=" + PASSWORD;
    }

    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void eachKindOfKeyIsAccepted(String version) {
        Pushgateway gateway = gateway(version);
        for (Kind kind : Kind.values()) {
            Identity identity = AUTHORITY.issue(kind);
            List<KeyFormat> formats = switch (kind) {
                case RSA ->
                    List.of(
                            KeyFormat.PKCS8,
                            KeyFormat.PKCS8_ENCRYPTED,
                            KeyFormat.TRADITIONAL,
                            KeyFormat.TRADITIONAL_ENCRYPTED);
                case EC -> List.of(KeyFormat.values());
                case ED25519 -> List.of(KeyFormat.PKCS8, KeyFormat.PKCS8_ENCRYPTED);
            };
            for (KeyFormat format : formats) {
                String name = kind + "-" + format;
                // a bundle with several authorities
                write(
                        folder.resolve(name),
                        FOREIGN.caPem() + AUTHORITY.caPem(),
                        identity,
                        identity.keyPem(format, PASSWORD));

                assertThat(push(gateway, name, options(folder.resolve(name)))).isNull();
                assertThat(gateway.group("job", name)).isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void expiredForeignAndMissingCertificatesAreRefused(String version) {
        Pushgateway gateway = gateway(version);
        Identity valid = AUTHORITY.issue(Kind.EC);
        Identity expired = AUTHORITY.issueExpired();
        Identity foreign = FOREIGN.issue(Kind.EC);
        write(folder.resolve("expired"), AUTHORITY.caPem(), expired, expired.keyPem());
        write(folder.resolve("foreign"), AUTHORITY.caPem(), foreign, foreign.keyPem());
        write(folder.resolve("untrusted"), FOREIGN.caPem(), valid, valid.keyPem());

        assertRefused(push(gateway, "refused", options(folder.resolve("expired"))));
        assertRefused(push(gateway, "refused", options(folder.resolve("foreign"))));
        assertRefused(push(gateway, "refused", "&caFile=file:" + folder + "/expired/ca.crt"));
        assertThat(push(gateway, "refused", options(folder.resolve("untrusted"))))
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("TLS failed");
        assertThat(gateway.group("job", "refused")).isEmpty();
    }

    private static void assertRefused(@Nullable Exception failure) {
        assertThat(failure)
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("client certificate")
                .hasMessageContaining("certFile and keyFile");
    }

    /** A foreign certificate is replaced, without a restart of the context or the endpoint. */
    @ParameterizedTest
    @ValueSource(strings = {VersionedGateways.OLD, VersionedGateways.NEW})
    void replacedFilesAreUsedWithoutRestart(String version) {
        Pushgateway gateway = gateway(version);
        Identity foreign = FOREIGN.issue(Kind.EC);
        write(folder, AUTHORITY.caPem(), foreign, foreign.keyPem());
        assertRefused(push(gateway, "replaced", options(folder)));

        Identity valid = AUTHORITY.issue(Kind.RSA);
        write(folder, AUTHORITY.caPem(), valid, valid.keyPem());

        await().untilAsserted(() ->
                assertThat(push(gateway, "replaced", options(folder))).isNull());
    }

    /** The links are replaced as Kubernetes does it. Between two valid pairs, the files do not belong together. */
    @Test
    void noPushIsLostWhileFilesAreReplaced() throws Exception {
        Pushgateway gateway = gateway(VersionedGateways.NEW);
        Identity first = AUTHORITY.issue(Kind.EC);
        Identity second = AUTHORITY.issue(Kind.RSA);
        write(folder.resolve("..1"), AUTHORITY.caPem(), first, first.keyPem());
        write(folder.resolve("..2"), AUTHORITY.caPem(), second, first.keyPem());
        write(folder.resolve("..3"), AUTHORITY.caPem(), second, second.keyPem());
        write(folder.resolve("..4"), "", first, first.keyPem());
        link("..1");
        for (String name : List.of("ca.crt", "tls.crt", "tls.key")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger pushed = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        try (LogCapture log = LogCapture.of("io.github.camelpushgateway.pem", Level.INFO)) {
            List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                        while (!stopped.get()) {
                            Exception failure = push(gateway, "load", options(folder));
                            pushed.incrementAndGet();
                            if (failure != null) {
                                failures.add(failure);
                            }
                        }
                    }))
                    .limit(2)
                    .toList();
            threads.forEach(Thread::start);
            try {
                await().untilAsserted(() -> assertThat(pushed).hasPositiveValue());
                replace("..2", log, "certFile file:" + folder + "/tls.crt is not the certificate of the key");
                replace("..3", log, "The changed TLS files are in use");
                replace("..4", log, "caFile file:" + folder + "/ca.crt is empty");
            } finally {
                stopped.set(true);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            assertThat(log.lines()).hasSize(3);
        }
        assertThat(failures).isEmpty();
        assertThat(pushed).hasValueGreaterThan(10);
    }

    private void replace(String version, LogCapture log, String logged) throws IOException {
        link(version);
        await().until(() -> log.lines().stream().anyMatch(line -> line.contains(logged)));
    }

    private void link(String version) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of(version));
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
