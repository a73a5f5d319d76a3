package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands and outputs of the page on troubleshooting: exact, except for ports, dates, versions and the group. */
@Timeout(120)
class DoctorIT {

    private static final Path FILES = Path.of("src/main/resources/doctor");

    @TempDir
    Path folder;

    @Test
    void healthyGateway() throws Exception {
        try (Pushgateway gateway = Pushgateway.start()) {
            Result result = run("doctor.sh", gateway.url(), "");

            assertThat(result.output()).isEqualTo(expected("healthy.txt"));
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void stoppedGateway() throws Exception {
        String url;
        try (Pushgateway gateway = Pushgateway.start()) {
            url = gateway.url();
        }
        Result result = run("doctor.sh", url, "");

        assertThat(result.output()).isEqualTo(expected("stopped.txt"));
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void wrongPassword() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        trust(certificates);
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withTls(certificates).withBasicAuth("ops", "correct"))) {
            Result result = run("protected.sh", gateway.url(), "wrong\n");

            assertThat(result.output()).isEqualTo(expected("protected.txt"));
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    private record Result(int exitCode, String output) {}

    /** Runs a command of the page, with the class path of the tests and the port of a gateway. */
    private Result run(String file, String url, String input) throws Exception {
        String command = Files.readString(FILES.resolve(file), UTF_8)
                .replace("'lib/*'", '"' + System.getProperty("java.class.path") + '"')
                .replace("localhost:9091", "localhost:" + URI.create(url).getPort());
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), normalised(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String expected(String file) throws IOException {
        return normalised(Files.readString(FILES.resolve(file), UTF_8));
    }

    private static String normalised(String output) {
        return output.replaceAll("localhost:\\d+", "localhost:PORT")
                .replaceAll("doctor_[0-9a-f]{16}", "doctor_GROUP")
                .replaceAll("until \\d{4}-\\d\\d-\\d\\d", "until DATE")
                .replaceAll("the address .*", "the address ADDRESS")
                .replaceAll("Pushgateway \\d+\\.\\d+\\.\\d+", "Pushgateway VERSION");
    }

    private void trust(TestCertificates certificates) throws Exception {
        KeyStore all = KeyStore.getInstance("PKCS12");
        all.load(new ByteArrayInputStream(certificates.pkcs12()), "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", all.getCertificate("ca"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trusted.store(out, "changeit".toCharArray());
        }
    }
}
