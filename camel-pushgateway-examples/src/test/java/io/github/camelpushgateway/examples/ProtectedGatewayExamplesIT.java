package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.test.infra.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the page "Authentication and TLS", on real gateways. */
@ExtendWith(NoWarnings.class)
class ProtectedGatewayExamplesIT {

    private static final String PASSWORD = "p+a&s%s w:ö/rd";
    private static final TestCertificates CERTIFICATES = TestCertificates.create();

    @TempDir
    Path folder;

    static Stream<Arguments> routes() {
        return Stream.of(
                route("yaml", main -> main.configure().withRoutesIncludePattern("classpath:tls/tls.yaml")),
                route("java", main -> main.configure().addRoutesBuilder(new TlsRoute())),
                route("properties", main -> {
                    main.setPropertyPlaceholderLocations("classpath:tls/application.properties");
                    main.configure().addRoutesBuilder(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("timer:nightly?repeatCount=1")
                                    .to("pushgateway:nightly?metricName=job_last_success_unixtime&metricValue=now");
                        }
                    });
                }));
    }

    private static Arguments route(String name, Consumer<Main> routes) {
        return Arguments.of(name, routes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void routePushesWithTlsClientCertificateAndBasicAuth(String language, Consumer<Main> routes) throws Exception {
        Path store = Files.write(folder.resolve("store.p12"), CERTIFICATES.pkcs12());
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain()
                .withTls(CERTIFICATES)
                .withClientCertificates()
                .withBasicAuth("ops", PASSWORD))) {
            Main main = new Main();
            main.addInitialProperty("gateway.url", gateway.url());
            main.addInitialProperty("gateway.username", "ops");
            main.addInitialProperty("gateway.password", PASSWORD);
            main.addInitialProperty("gateway.trust-store", store.toString());
            main.addInitialProperty("gateway.trust-store-password", "changeit");
            main.addInitialProperty("gateway.key-store", store.toString());
            main.addInitialProperty("gateway.key-store-password", "changeit");
            routes.accept(main);
            main.start();
            try {
                await().until(() -> gateway.group("job", "nightly").isPresent());
            } finally {
                main.stop();
            }
        }
    }

    static Stream<Arguments> pemRoutes() {
        return Stream.of(
                route("yaml", main -> main.configure().withRoutesIncludePattern("classpath:pem/pem.yaml")),
                route("xml", main -> main.configure().withRoutesIncludePattern("classpath:pem/pem.xml")),
                route("java", main -> main.configure().addRoutesBuilder(new PemRoute())),
                route("bean in yaml", main -> main.configure().withRoutesIncludePattern("classpath:pem/bean.yaml")),
                route("bean in xml", main -> main.configure().withRoutesIncludePattern("classpath:pem/bean.xml")),
                route("bean in java", main -> main.configure().addRoutesBuilder(new PemBeanRoute())),
                route("properties", main -> {
                    main.setPropertyPlaceholderLocations("classpath:pem/application.properties");
                    main.configure().addRoutesBuilder(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("timer:nightly?repeatCount=1")
                                    .to("pushgateway:nightly?metricName=job_last_success_unixtime&metricValue=now");
                        }
                    });
                }));
    }

    /** The files are links, as in a Secret that Kubernetes mounts. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pemRoutes")
    void routePushesWithPemFiles(String language, Consumer<Main> routes) throws Exception {
        Path version = Files.createDirectory(folder.resolve("..2026_01_01"));
        Files.writeString(version.resolve("ca.crt"), CERTIFICATES.caPem());
        Files.writeString(version.resolve("tls.crt"), CERTIFICATES.clientCertificatePem());
        Files.writeString(version.resolve("tls.key"), CERTIFICATES.clientKeyPem());
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        for (String name : List.of("ca.crt", "tls.crt", "tls.key")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withTls(CERTIFICATES).withClientCertificates())) {
            Main main = new Main();
            main.addInitialProperty("gateway.url", gateway.url());
            main.addInitialProperty("gateway.tls", folder.toString());
            routes.accept(main);
            main.start();
            try {
                await().until(() -> gateway.group("job", "nightly").isPresent());
            } finally {
                main.stop();
            }
        }
    }

    /** The manifest mounts the files where the routes expect them by default. */
    @Test
    void manifestMountsTheFilesOfTheRoutes() throws IOException {
        String manifest = resource("kubernetes.yaml");

        assertThat(manifest).contains("mountPath: /etc/gateway-tls\n").doesNotContain("subPath:");
        for (String route : List.of("pem.yaml", "pem.xml", "bean.yaml", "bean.xml", "application.properties")) {
            assertThat(resource(route))
                    .contains(
                            "file:{{gateway.tls:/etc/gateway-tls}}/ca.crt",
                            "file:{{gateway.tls:/etc/gateway-tls}}/tls.crt",
                            "file:{{gateway.tls:/etc/gateway-tls}}/tls.key");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ProtectedGatewayExamplesIT.class.getResourceAsStream("/pem/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void handlerFetchesANewTokenAfterA401() throws Exception {
        AtomicInteger issued = new AtomicInteger();
        AtomicInteger valid = new AtomicInteger(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Pushgateway gateway = Pushgateway.start()) {
            server.createContext("/token", exchange -> respond(exchange, 200, "token" + issued.incrementAndGet()));
            // a proxy that forwards requests with the valid token
            server.createContext("/gateway", exchange -> {
                boolean accepted = ("Bearer token" + valid.get())
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                respond(exchange, accepted ? forward(exchange, gateway) : 401, "");
            });
            server.start();
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            Main main = mainWithFreshToken(base + "/token");
            main.start();
            try {
                String endpoint = "pushgateway:nightly?metricName=rows&handler=#freshToken&url=" + base + "/gateway";
                main.getCamelTemplate().sendBody(endpoint, 1);
                main.getCamelTemplate().sendBody(endpoint, 2);
                assertThat(issued).hasValue(1);

                valid.set(2);
                main.getCamelTemplate().sendBody(endpoint, 3);
            } finally {
                main.stop();
            }
            assertThat(issued).hasValue(2);
            assertThat(gateway.group("job", "nightly").orElseThrow().value("rows"))
                    .isEqualTo(3);
        } finally {
            server.stop(0);
        }
    }

    /** The text of an error page is not a token. */
    @Test
    void pushFailsIfTheTokenServiceFails() throws Exception {
        AtomicInteger pushes = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> respond(exchange, 503, "unavailable"));
        server.createContext("/gateway", exchange -> {
            pushes.incrementAndGet();
            respond(exchange, 200, "");
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Main main = mainWithFreshToken(base + "/token");
        main.start();
        try {
            String endpoint =
                    "pushgateway:nightly?metricName=rows&maxRetries=0&handler=#freshToken&url=" + base + "/gateway";

            assertThatThrownBy(() -> main.getCamelTemplate().sendBody(endpoint, 1))
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasRootCauseMessage("the token service responded with 503");
            assertThat(pushes).hasValue(0);
        } finally {
            main.stop();
            server.stop(0);
        }
    }

    /** Binds the handler in the same way as the page. */
    private static Main mainWithFreshToken(String service) {
        Main main = new Main();
        main.addInitialProperty(
                "camel.beans.freshToken",
                "#class:io.github.camelpushgateway.examples.FreshTokenHandler(\"" + service + "\")");
        return main;
    }

    private static int forward(HttpExchange exchange, Pushgateway gateway) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring("/gateway".length());
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(gateway.url() + path))
                                    .method(
                                            exchange.getRequestMethod(),
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    exchange.getRequestBody().readAllBytes()))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
