package io.github.camelpushgateway.test.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class PushgatewayIT {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    private final HttpClient plainClient = HttpClient.newHttpClient();

    @Test
    void listensOnLoopbackAndStoresPushedGroups() throws Exception {
        try (Pushgateway gateway = Pushgateway.start()) {
            int status =
                    push(plainClient, gateway, "/metrics/job/a/region/eu", "# TYPE x gauge\nx{stage=\"load\"} 5\n");

            assertThat(status).isEqualTo(200);
            assertThat(gateway.url()).matches("http://(127\\.0\\.0\\.1|localhost):\\d+");
            assertThat(gateway.version()).matches("\\d+\\.\\d+\\.\\d+");
            PushgatewayGroup group = gateway.group("job", "a", "region", "eu").orElseThrow();
            assertThat(group.value("x")).isEqualTo(5);
            assertThat(group.family("x").type()).isEqualTo("GAUGE");
            assertThat(group.family("x").samples().get(0).labels()).containsEntry("stage", "load");
            assertThat(gateway.metrics()).contains("x{instance=\"\",job=\"a\",region=\"eu\",stage=\"load\"} 5");
        }
    }

    @Test
    void valueIsEmptyUntilTheMetricIsPushed() throws Exception {
        try (Pushgateway gateway = Pushgateway.start()) {
            assertThat(gateway.value("x", "job", "a")).isEmpty();

            push(plainClient, gateway, "/metrics/job/a", "x 1\n");

            assertThat(gateway.value("x", "job", "a")).hasValue(1);
            assertThat(gateway.value("y", "job", "a")).isEmpty();
        }
    }

    @Test
    void requiresBasicAuth() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", "s3 \"cr\\et"))) {
            assertThat(push(plainClient, gateway, "/metrics/job/a", "x 1\n")).isEqualTo(401);
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void requiresTls() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withTls(CERTIFICATES))) {
            HttpClient trustedClient = HttpClient.newBuilder()
                    .sslContext(CERTIFICATES.clientContext())
                    .build();

            assertThat(push(trustedClient, gateway, "/metrics/job/a", "x 1\n")).isEqualTo(200);
            assertThat(gateway.groups()).hasSize(1);
            assertThatThrownBy(() -> push(plainClient, gateway, "/metrics/job/a", "x 1\n"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void requiresAClientCertificate() throws Exception {
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withTls(CERTIFICATES).withClientCertificates())) {
            HttpClient trustedClient = HttpClient.newBuilder()
                    .sslContext(CERTIFICATES.clientContext())
                    .build();
            // its certificate has another authority
            HttpClient untrustedClient = HttpClient.newBuilder()
                    .sslContext(TestCertificates.create().clientContext())
                    .build();

            assertThat(push(trustedClient, gateway, "/metrics/job/a", "x 1\n")).isEqualTo(200);
            assertThatThrownBy(() -> push(untrustedClient, gateway, "/metrics/job/a", "x 1\n"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void usesThePathPrefix() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withPathPrefix("/prom/gw"))) {
            assertThat(gateway.url()).endsWith("/prom/gw");
            assertThat(push(plainClient, gateway, "/metrics/job/a", "x 1\n")).isEqualTo(200);
            assertThat(gateway.group("job", "a")).isPresent();
        }
    }

    @Test
    void passesFlags() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withFlag("--web.enable-admin-api"))) {
            assertThat(push(plainClient, gateway, "/api/v1/admin/wipe", "")).isEqualTo(202);
        }
    }

    private static int push(HttpClient client, Pushgateway gateway, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
