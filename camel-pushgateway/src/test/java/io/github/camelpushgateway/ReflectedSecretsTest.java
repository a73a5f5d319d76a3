package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials that a server repeats in its response appear in no exception, log, JMX attribute or console. */
class ReflectedSecretsTest {

    private static final String PASSWORD = "p\"ss/W0RD <&'5\u00e4";
    private static final String BASIC = Base64.getEncoder().encodeToString(("ops:" + PASSWORD).getBytes(UTF_8));
    private static final String TOKEN = "t0ken-T0KEN~1";
    private static final String KEY = "k3y=K3Y & more";

    @RegisterExtension
    final SecretScan scan = new SecretScan(BASIC);

    /** Returns the encodings in which a server may repeat a secret. */
    private static List<String> encodings(String secret) {
        String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String json = secret.replace("\"", "\\\"");
        return Stream.of(
                        secret,
                        secret.toLowerCase(Locale.ROOT),
                        json,
                        json.replace("/", "\\/"),
                        html,
                        html.replace("\"", "&quot;").replace("'", "&#39;"),
                        html.replace("\"", "&#34;").replace("'", "&#39;"),
                        URLEncoder.encode(secret, UTF_8),
                        URLEncoder.encode(secret, UTF_8).replace("+", "%20"),
                        URLEncoder.encode(URLEncoder.encode(secret, UTF_8), UTF_8))
                .distinct()
                .toList();
    }

    static Stream<Arguments> secrets() {
        Consumer<GatewayConfiguration> basic = options -> {
            options.setUsername("ops");
            options.setPassword(PASSWORD);
        };
        Consumer<GatewayConfiguration> proxy = options -> {
            options.setProxyUsername("ops");
            options.setProxyPassword(PASSWORD);
        };
        Consumer<GatewayConfiguration> bearer = options -> options.setBearerToken(TOKEN);
        Consumer<GatewayConfiguration> header =
                options -> options.getHttpHeader().put("X-Key", KEY);
        Consumer<GatewayConfiguration> handler = options -> options.setHandler(
                (request, next) -> next.handle(request.withHeader("Authorization", "Token " + TOKEN)));
        return Stream.of(
                Arguments.of("password", basic, PASSWORD),
                Arguments.of("user and password", basic, "ops:" + PASSWORD),
                Arguments.of("basic auth", basic, BASIC),
                Arguments.of("basic auth without padding", basic, BASIC.replaceAll("=+$", "")),
                Arguments.of("password of the proxy", proxy, PASSWORD),
                Arguments.of("basic auth of the proxy", proxy, BASIC),
                Arguments.of("bearer token", bearer, TOKEN),
                Arguments.of("httpHeader", header, KEY),
                Arguments.of("header of a handler", handler, TOKEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void secretInResponseIsRedacted(String name, Consumer<GatewayConfiguration> credentials, String secret)
            throws Exception {
        List<String> encodings = encodings(secret);
        encodings.forEach(scan::secret);
        List<String> texts = encodings.stream()
                .flatMap(encoding -> Stream.of(
                        "{\"header\":\"a" + encoding + "b\"} no such user: " + encoding, "x".repeat(995) + encoding))
                .toList();

        List<Exchange> failed = failed(credentials, texts);

        assertThat(failed).hasSize(2 * texts.size());
        for (Exchange exchange : failed) {
            PushgatewayException failure = (PushgatewayException) exchange.getException();
            scan.add(failure);
            assertThat(failure.getMessage() + failure.getResponseBody())
                    .doesNotContain(encodings)
                    .doesNotContain(secret.substring(0, 5));
        }
    }

    private static DefaultCamelContext started(WireServer server, Consumer<GatewayConfiguration> credentials) {
        DefaultCamelContext context = new DefaultCamelContext();
        GatewayConfiguration options =
                context.getComponent("pushgateway", PushgatewayComponent.class).getConfiguration();
        options.setUrl(server.url());
        options.setMaxRetries(0);
        credentials.accept(options);
        context.start();
        return context;
    }

    /** Pushes to a server that returns each text in an error and in a redirect, and scans the endpoint in JMX. */
    private List<Exchange> failed(Consumer<GatewayConfiguration> credentials, List<String> texts) throws Exception {
        AtomicReference<String> responseText = new AtomicReference<>("");
        List<Exchange> exchanges = new ArrayList<>();
        try (WireServer server = new WireServer((request, out) -> {
                    boolean redirect = request.path().contains("redirect");
                    byte[] body = String.valueOf(responseText.get()).getBytes(UTF_8);
                    out.write((redirect
                                    ? "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1/"
                                            + URLEncoder.encode(String.valueOf(responseText.get()), UTF_8)
                                            + "\r\nContent-Length: 0\r\n\r\n"
                                    : "HTTP/1.1 500 X\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
                    out.write(redirect ? new byte[0] : body);
                });
                DefaultCamelContext context = started(server, credentials)) {
            for (String each : texts) {
                responseText.set(each);
                for (String job : List.of("error", "redirect")) {
                    exchanges.add(context.createProducerTemplate()
                            .request(
                                    "pushgateway:" + job + "?metricName=x",
                                    exchange -> exchange.getMessage().setBody(1)));
                }
            }
            scan.addJmx();
            context.getEndpoints().forEach(endpoint -> scan.add(((PushgatewayEndpoint) endpoint).getLastError()));
        }
        return exchanges;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void secretInApiResponseIsRedacted(String name, Consumer<GatewayConfiguration> credentials, String secret)
            throws Exception {
        scan.secret(secret);
        String json = secret.replace("\"", "\\\"");
        for (String body : List.of(
                "{\"status\":\"error\",\"errorType\":\"" + json + "\",\"error\":\"" + json + "\"}",
                secret,
                "{\"data\":" + secret + "}")) {
            try (WireServer server = new WireServer((request, out) -> {
                        byte[] bytes = body.getBytes(UTF_8);
                        out.write(("HTTP/1.1 200 X\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                                .getBytes(ISO_8859_1));
                        out.write(bytes);
                    });
                    DefaultCamelContext context = started(server, credentials)) {
                Exchange exchange =
                        context.createProducerTemplate().request("pushgateway:*?operation=groups", each -> {});

                assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
                scan.add(exchange.getException());
                assertThat(exchange.getException()).hasMessageNotContaining(secret.substring(0, 5));
            }
        }
    }

    /** The parser quotes what is not HTTP. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void secretInMalformedResponseIsNotShown(String name, Consumer<GatewayConfiguration> credentials, String secret)
            throws Exception {
        scan.secret(secret);
        String quoted = secret.replace(":", "").replace("\n", "");
        scan.secret(quoted);
        AtomicReference<String> response = new AtomicReference<>("");
        try (WireServer server = new WireServer((request, out) ->
                        out.write(String.valueOf(response.get()).getBytes(ISO_8859_1)));
                DefaultCamelContext context = started(server, credentials)) {
            for (String malformed : List.of(
                    quoted,
                    "HTTP/1.1 " + quoted,
                    "HTTP/1.1 200 X\r\n" + quoted,
                    "HTTP/1.1 200 X\r\nContent-Length: " + quoted,
                    "HTTP/1.1 200 X\r\nTransfer-Encoding: " + quoted,
                    "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n" + quoted,
                    "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + quoted,
                    "HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n" + quoted)) {
                response.set(malformed + "\r\n\r\n");
                Exchange exchange = context.createProducerTemplate()
                        .request(
                                "pushgateway:a?metricName=x",
                                each -> each.getMessage().setBody(1));

                assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
                scan.add(exchange.getException());
            }
        }
    }

    @Test
    void shortSecretIsReplacedOnlyAsWholeWord() throws Exception {
        Exchange exchange = failed(
                        options -> options.getHttpHeader().put("X-Tenant", "a"), List.of("a tenant named a: (a)"))
                .get(0);

        assertThat(((PushgatewayException) exchange.getException()).getResponseBody())
                .isEqualTo("xxxxxx tenant named xxxxxx: (xxxxxx)");
    }

    @Test
    void otherTextIsNotRedacted() throws Exception {
        Exchange exchange = failed(
                        options -> options.setBearerToken(TOKEN), List.of("the bearer token is not for job error"))
                .get(0);

        assertThat(((PushgatewayException) exchange.getException()).getResponseBody())
                .isEqualTo("the bearer token is not for job error");
    }
}
