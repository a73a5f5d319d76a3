package io.github.camelpushgateway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of a proxy on the page "Authentication and TLS", on a real gateway behind a proxy with a password. */
@ExtendWith(NoWarnings.class)
class ProxyExamplesIT {

    private static final String PASSWORD = "p+a&s%s w:ö/rd";

    static Stream<Arguments> routes() {
        return Stream.of(
                route("yaml", main -> main.configure().withRoutesIncludePattern("classpath:proxy/proxy.yaml")),
                route("xml", main -> main.configure().withRoutesIncludePattern("classpath:proxy/proxy.xml")),
                route("java", main -> main.configure().addRoutesBuilder(new ProxyRoute())),
                route("properties", main -> {
                    main.setPropertyPlaceholderLocations("classpath:proxy/application.properties");
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
    void routePushesThroughTheProxy(String language, Consumer<Main> routes) throws Exception {
        AtomicInteger forwarded = new AtomicInteger();
        Properties before = System.getProperties();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (Pushgateway gateway = Pushgateway.start()) {
            HttpClient direct =
                    HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
            proxy.createContext("/", exchange -> forward(exchange, direct, forwarded));
            proxy.start();
            Properties changed = new Properties();
            changed.putAll(before);
            changed.setProperty("http.proxyHost", "127.0.0.1");
            changed.setProperty(
                    "http.proxyPort", String.valueOf(proxy.getAddress().getPort()));
            changed.setProperty("http.nonProxyHosts", "");
            System.setProperties(changed);
            Main main = new Main();
            main.addInitialProperty("gateway.url", gateway.url());
            main.addInitialProperty("proxy.username", "guest");
            main.addInitialProperty("proxy.password", PASSWORD);
            routes.accept(main);
            main.start();
            try {
                await().until(() -> forwarded.get() > 0);
            } finally {
                main.stop();
                System.setProperties(before);
            }
            assertThat(gateway.group("job", "nightly")).isPresent();
        } finally {
            System.setProperties(before);
            proxy.stop(0);
        }
    }

    /** Forwards a push, whose target is a whole URL, if it has the password of the proxy. */
    private static void forward(HttpExchange exchange, HttpClient direct, AtomicInteger forwarded) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String credentials = Base64.getEncoder().encodeToString(("guest:" + PASSWORD).getBytes(UTF_8));
        int status = 407;
        if (("Basic " + credentials).equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            assertThat(exchange.getRequestURI().isAbsolute()).isTrue();
            HttpRequest request = HttpRequest.newBuilder(exchange.getRequestURI())
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                    .build();
            try {
                status = direct.send(request, BodyHandlers.discarding()).statusCode();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        exchange.sendResponseHeaders(status, -1);
        forwarded.addAndGet(status == 200 ? 1 : 0);
        exchange.close();
    }
}
