package io.github.camelpushgateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.testing.JvmProxy;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The step at which the doctor stops, and its remedy, for servers that do not work. */
@Timeout(60)
class DoctorTest {

    private static final String STATUS =
            "{\"status\":\"success\",\"data\":{\"build_information\":{\"version\":\"1.11.2\"},"
                    + "\"flags\":{\"push.disable-consistency-check\":\"false\"},\"start_time\":\"2026-11-30T00:00:00Z\"}}";

    private static final String NO_GROUPS = "{\"status\":\"success\",\"data\":[]}";

    // --- below HTTP

    @ParameterizedTest
    @CsvSource({
        "ftp://localhost:9091, use http or https",
        "http://localhost:9091/metrics/job/x, so write http://localhost:9091",
        "http://user:hunter2@localhost:9091, use the options username and password"
    })
    void invalidUrlIsBroken(String url, String remedy) {
        Checks.Result result = Checks.run(url);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.mark("url")).isEqualTo("failed");
        assertThat(result.text()).contains(remedy).doesNotContain("hunter2").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'http://localhost:9091'",
                "\"http://localhost:9091\"",
                "\u201Chttp://localhost:9091\u201D",
                "http://localhost:9091/a b",
                "http://localhost:9091 http://localhost:9092",
                "http://localhost:9091;http://localhost:9092"
            })
    void quotesAndSpacesInTheUrlAreNamed(String url) {
        Checks.Result result = Checks.run(url);

        assertThat(result.mark("url")).isEqualTo("failed");
        assertThat(result.text()).contains("quotation mark, a space or a semicolon: remove it");
    }

    @Test
    void missingColonOfTheUrlIsNamed() {
        assertThat(Checks.run("http//localhost:9091").text()).contains("Write url with a colon and two slashes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpPrintsTheUsage(String argument) {
        Checks.Result result = Checks.run(argument);

        assertThat(result.exitCode()).isZero();
        assertThat(result.text()).startsWith("Usage:");
    }

    /** The URL is often written without the port of the gateway. The JVM of the test has no right to listen at port 80. */
    @Test
    void missingPortIsNamed() {
        Checks.Result result = Checks.run("127.0.0.1", "connectTimeout=1s");

        assumeTrue(result.mark("connect").equals("failed"), "a server listens at port 80");
        assertThat(result.text()).contains("127.0.0.1:80 refuses connections", "The url has no port");
    }

    @Test
    void addressOfIpv6IsWrittenAsInAUrl() throws IOException {
        int port = freePort();

        Checks.Result result = Checks.run("http://[::1]:" + port);

        assertThat(result.text())
                .contains("::1 is an address", "[::1]:" + port + ' ')
                .doesNotContain("has no port");
    }

    @Test
    void unknownHostIsBroken() {
        Checks.Result result = Checks.run("http://gateway.invalid:9091");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.mark("url")).isEqualTo("ok");
        assertThat(result.mark("dns")).isEqualTo("failed");
        assertThat(result.text()).contains("gateway.invalid", "Correct the host in url.");
    }

    @Test
    void refusedConnectionIsBroken() throws IOException {
        int port = freePort();

        Checks.Result result = Checks.run("http://127.0.0.1:" + port);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.mark("dns")).isEqualTo("ok");
        assertThat(result.mark("connect")).isEqualTo("failed");
        assertThat(result.text()).contains("127.0.0.1:" + port + " refuses connections", "Start the gateway");
    }

    /** A full backlog drops packets as a firewall does. */
    @Test
    void droppedPacketsAreBrokenWithinTheTimeLimit() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) {
                Socket one = new Socket();
                waiting.add(one);
                try {
                    one.connect(socket.getLocalSocketAddress(), 100);
                } catch (IOException e) {
                    // the backlog is full
                }
            }

            Checks.Result result = Checks.run(
                    "http://127.0.0.1:" + socket.getLocalPort(), "connectTimeout=300ms", "requestTimeout=1s");

            assertThat(result.mark("connect")).isEqualTo("failed");
            assertThat(result.text()).contains("does not respond within 300 ms", "firewall");
        } finally {
            for (Socket one : waiting) {
                one.close();
            }
        }
    }

    @Test
    void serverWithoutResponseIsBrokenWithinTheTimeLimit() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> end.await())) {
            Checks.Result result = Checks.run(server.url(), "requestTimeout=300ms");

            assertThat(result.mark("connect")).isEqualTo("ok");
            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("300 ms");
        } finally {
            end.countDown();
        }
    }

    // --- proxies

    @ParameterizedTest
    @CsvSource({"http, 407, ''", "https, 407, ''", "https, 403, ''", "https, 407, guest", "http, 407, guest"})
    void refusalOfAProxyIsBroken(String scheme, int status, String username) throws IOException {
        try (WireServer server = new WireServer(WireServer.status(status, ""));
                JvmProxy proxy = new JvmProxy(port(server))) {
            proxy.set();
            Checks.Result result = username.isEmpty()
                    ? Checks.run(scheme + "://127.0.0.1:9")
                    : Checks.run(
                            Map.of("PUSHGATEWAY_PROXY_PASSWORD", "hunter2"),
                            scheme + "://127.0.0.1:9",
                            "proxyUsername=" + username);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.mark("connect")).isEqualTo("ok");
            assertThat(result.mark("proxy")).isEqualTo("failed");
            assertThat(result.mark("tls")).isEmpty();
            assertThat(result.text())
                    .contains("failed  proxy    the proxy ", String.valueOf(status))
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void proxyThatOpensNoTunnelIsBroken() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (WireServer server = new WireServer((request, out) -> end.await());
                JvmProxy proxy = new JvmProxy(port(server))) {
            proxy.set();
            Checks.Result result = Checks.run("https://127.0.0.1:9", "requestTimeout=300ms");

            assertThat(result.mark("proxy")).isEqualTo("failed");
            assertThat(result.text()).contains("the proxy did not open a connection to the gateway within 300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void credentialsWithoutAProxyAreAWarning() throws IOException {
        try (WireServer server = new WireServer(WireServer.status(200, "<html>"))) {
            Checks.Result result = Checks.run(
                    Map.of("PUSHGATEWAY_PROXY_USERNAME", "guest", "PUSHGATEWAY_PROXY_PASSWORD", "hunter2"),
                    server.url());

            assertThat(result.mark("proxy")).isEqualTo("warn");
            assertThat(result.text())
                    .contains("the JVM has no proxy for this URL")
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUSHGATEWAY_PROXY_USERNAME, set the environment variable PUSHGATEWAY_PROXY_PASSWORD",
        "PUSHGATEWAY_PROXY_PASSWORD, but no proxyUsername; set both"
    })
    void incompleteCredentialsOfAProxyAreInvalid(String variable, String remedy) {
        Checks.Result result = Checks.run(Map.of(variable, "hunter2"), "http://localhost:9091");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.text()).contains(remedy).doesNotContain("hunter2");
    }

    private static int port(WireServer server) {
        return URI.create(server.url()).getPort();
    }

    // --- other servers

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><html><body>Sign in</body></html>", "<html>"})
    void htmlPageIsNotReady(String page) throws IOException {
        try (WireServer server = new WireServer(WireServer.status(200, page))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("HTML page, so it is not a Pushgateway", "login page of a proxy");
        }
    }

    /** As Pushgateway 1.1.0 responds: it has no query API. */
    @Test
    void oldGatewayIsBroken() throws IOException {
        String metrics = "# TYPE pushgateway_build_info gauge\npushgateway_build_info{branch=\"HEAD\","
                + "goversion=\"go1.13.6\",revision=\"3ebf7a1\",version=\"1.1.0\"} 1\n";
        try (WireServer server = pages(Map.of("/-/ready", "OK", "/metrics", metrics))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.mark("ready")).isEqualTo("ok");
            assertThat(result.mark("version")).isEqualTo("failed");
            assertThat(result.text()).contains("Pushgateway 1.1.0 is too old", "version 1.2 or newer");
        }
    }

    @Test
    void prometheusIsNamed() throws IOException {
        String metrics = "prometheus_build_info{branch=\"HEAD\",version=\"3.5.0\"} 1\n";
        try (WireServer server = pages(Map.of("/-/ready", "Prometheus Server is Ready.\n", "/metrics", metrics))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("version")).isEqualTo("failed");
            assertThat(result.text()).contains("Prometheus 3.5.0, which accepts no pushes", "port 9091");
        }
    }

    /** As VictoriaMetrics responds below its path prefix: with 204 to any path. */
    @Test
    void victoriaMetricsIsNamed() throws IOException {
        try (WireServer server = new WireServer((request, out) -> {
            boolean isRoot = request.path().equals("/metrics");
            String version = isRoot ? "vm_app_version{version=\"victoria-metrics-v1.145.0\"} 1\n" : "";
            respond(out, isRoot ? 200 : 204, version);
        })) {
            Checks.Result result = Checks.run(server.url() + "/api/v1/import/prometheus");

            assertThat(result.mark("version")).isEqualTo("failed");
            assertThat(result.text()).contains("VictoriaMetrics, which has no groups");
        }
    }

    @Test
    void wrongPathPrefixIsNamed() throws IOException {
        String metrics = "pushgateway_build_info{version=\"1.11.2\"} 1\n";
        try (WireServer server = pages(Map.of("/-/ready", "OK", "/metrics", metrics))) {
            Checks.Result result = Checks.run(server.url() + "/prom");

            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("Set url to " + server.url() + ".");
        }
    }

    @Test
    void otherServerIsBroken() throws IOException {
        try (WireServer server = pages(Map.of())) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("not a Pushgateway (404)", "path prefix");
        }
    }

    @Test
    void gatewayThatIsNotReadyIsBroken() throws IOException {
        try (WireServer server = new WireServer(WireServer.status(503, "starting"))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("503", "starting");
        }
    }

    @Test
    void redirectIsBroken() throws IOException {
        try (WireServer server = new WireServer(
                WireServer.raw(
                        "HTTP/1.1 302 Found\r\nLocation: https://login.example.org/?token=s3cret\r\nContent-Length: 0\r\n\r\n"))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("ready")).isEqualTo("failed");
            assertThat(result.text()).contains("https://login.example.org/").doesNotContain("s3cret");
        }
    }

    // --- credentials

    @ParameterizedTest
    @CsvSource({"401, the server requires credentials", "403, the server forbids the request"})
    void missingCredentialsAreBroken(int status, String problem) throws IOException {
        try (WireServer server = new WireServer(WireServer.status(status, ""))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("tls")).isEqualTo("ok");
            assertThat(result.mark("auth")).isEqualTo("failed");
            assertThat(result.text()).contains(problem);
        }
    }

    /** A proxy may protect only the API, so that the first request needs no credentials. */
    @ParameterizedTest
    @CsvSource({"401, does not accept the credentials", "403, forbids the request"})
    void refusedApiIsAFailureOfTheCredentials(String status, String problem) throws IOException {
        try (WireServer server = gateway(request -> request.path().startsWith("/api/") ? status : "")) {
            Checks.Result result = Checks.run(Map.of("PUSHGATEWAY_PASSWORD", "hunter2"), server.url(), "username=ops");

            assertThat(result.mark("auth")).isEqualTo("failed");
            assertThat(result.text()).contains(problem).doesNotContain("accepts requests with these credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 500, 503})
    void credentialsAreNotConfirmedByAFailure(int status) throws IOException {
        try (WireServer server = new WireServer(WireServer.status(status, ""))) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("auth")).isEmpty();
            assertThat(result.mark("ready")).isEqualTo("failed");
        }
    }

    /** A proxy may protect only pushes. */
    @Test
    void forbiddenPushIsBroken() throws IOException {
        try (WireServer server = gateway(request -> request.method().equals("PUT") ? "403" : "")) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("version")).isEqualTo("ok");
            assertThat(result.mark("push")).isEqualTo("failed");
            assertThat(result.text()).contains("the server forbids the request (403)");
        }
    }

    @Test
    void repeatedCredentialsAreNotShown() throws IOException {
        String basic = Base64.getEncoder().encodeToString("ops:hunter2+%&".getBytes(UTF_8));
        for (String echo : List.of("hunter2+%&", basic, "key-0815")) {
            for (int status : List.of(400, 401, 500)) {
                try (WireServer server = new WireServer(WireServer.status(status, "you sent " + echo))) {
                    Checks.Result result = Checks.run(
                            Map.of("PUSHGATEWAY_PASSWORD", "hunter2+%&", "KEY", "key-0815"),
                            server.url(),
                            "username=ops",
                            "httpHeader.X-Key={{env:KEY}}");

                    assertThat(result.exitCode()).isEqualTo(1);
                    assertThat(server.requests().get(0).headers())
                            .containsEntry("authorization", "Basic " + basic)
                            .containsEntry("x-key", "key-0815");
                    assertThat(result.text()).doesNotContain("hunter2", basic, "0815");
                }
            }
        }
    }

    /** A success is printed, too: the version of the gateway. */
    @Test
    void credentialsInVersionAreNotShown() throws IOException {
        try (WireServer server =
                pages(Map.of("/-/ready", "OK", "/api/v1/status", STATUS.replace("1.11.2", "t0ken-8472")))) {
            Checks.Result result = Checks.run(Map.of("PUSHGATEWAY_BEARER_TOKEN", "t0ken-8472"), server.url());

            assertThat(result.text()).contains("Pushgateway xxxxxx").doesNotContain("8472");
        }
    }

    // --- push, read and delete

    @Test
    void gatewayThatStoresNothingIsBroken() throws IOException {
        try (WireServer server = gateway(request -> "")) {
            Checks.Result result = Checks.run(server.url(), "requestTimeout=300ms");

            assertThat(result.mark("push")).isEqualTo("ok");
            assertThat(result.mark("read")).isEqualTo("failed");
            assertThat(result.text()).contains("load balancer", "of this check was deleted");
            assertThat(server.requests()).anyMatch(request -> request.method().equals("DELETE"));
        }
    }

    @Test
    void refusedPushIsBrokenAndItsGroupDeleted() throws IOException {
        try (WireServer server = gateway(request -> request.method().equals("PUT") ? "400" : "")) {
            Checks.Result result = Checks.run(server.url());

            assertThat(result.mark("push")).isEqualTo("failed");
            assertThat(result.text()).contains("400", "of this check was deleted");
            assertThat(server.requests())
                    .filteredOn(request -> request.path().contains("camel_pushgateway_doctor_"))
                    .extracting(WireServer.Request::method)
                    .containsExactly("PUT", "DELETE");
        }
    }

    @Test
    void deletionWithoutEffectIsBroken() throws IOException {
        try (WireServer server = storingGateway()) {
            // each step before the deletion must end in this time on a busy machine
            Checks.Result result = Checks.run(server.url(), "requestTimeout=2s");

            assertThat(result.mark("read")).isEqualTo("ok");
            assertThat(result.mark("delete")).isEqualTo("failed");
            assertThat(result.text()).contains("responds to DELETE instead of the gateway");
            assertThat(result.exitCode()).isEqualTo(1);
        }
    }

    // --- arguments

    @ParameterizedTest
    @CsvSource({
        "connect-timeout=5s, write it as connectTimeout",
        "requesttimeout=5s, write it as requestTimeout",
        "connectTimeout=999999m, connectTimeout is longer than an hour",
        "requestTimeout=999999999s, requestTimeout is longer than an hour",
        "password=hunter2, PUSHGATEWAY_PASSWORD",
        "--password=hunter2, PUSHGATEWAY_PASSWORD",
        "bearerToken=hunter2, PUSHGATEWAY_BEARER_TOKEN",
        "proxyPassword=hunter2, PUSHGATEWAY_PROXY_PASSWORD",
        "httpHeader.Authorization=hunter2, httpHeader.Authorization={{env:GATEWAY_SECRET}}",
        "password={{env:NO_SUCH_VARIABLE}}, NO_SUCH_VARIABLE",
        "job=x, the option job has no effect",
        "sslContextParameters=#tls, javax.net.ssl.trustStore",
        "keyPassword=hunter2, PUSHGATEWAY_KEY_PASSWORD",
        "keyFile=base64:hunter2, keyFile={{env:GATEWAY_SECRET}}",
        "certFile=base64:hunter2, certFile={{env:GATEWAY_SECRET}}",
        "keyFile=file:tls.key, 'keyFile is set, but certFile is not'",
        "caFile=ca.crt, write it as file:PATH",
        "caFile=ref:ca, write it as file:PATH",
        "requestTimeout=soon, write it as 10s",
        "format=xml, 'format is invalid; write one of [text, protobuf]'",
        "url=http://localhost:1, the option url is set twice",
        "-x, name=value",
        "httpHeader.bad name=hunter2, httpHeader.X-Key=VALUE",
        "'httpHeader.Authorization: Bearer aHVudGVyMg==', httpHeader.X-Key=VALUE",
        "'httpHeader.X/hunter2=', httpHeader.X-Key=VALUE",
        "httpheader.X-Key=hunter2, write it as httpHeader.NAME=VALUE",
        "--http-header.X-Key=hunter2, write it as httpHeader.NAME=VALUE",
        "httpHeader.=hunter2, httpHeader.X-Key=VALUE",
        "bad name=hunter2, neither a URL nor an option",
        "aHVudGVyMg==, neither a URL nor an option",
        "pass;hunter2=x, neither a URL nor an option",
        "-password=hunter2, PUSHGATEWAY_PASSWORD",
        "--password, name=value",
        "hunter2, two arguments without a name",
        "-Djavax.net.ssl.trustStorePassword=hunter2, system property of the JVM"
    })
    void invalidArgumentsAreRejected(String argument, String message) {
        Checks.Result result = Checks.run("http://localhost:9091", argument);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.text()).contains(message, "Usage:").doesNotContain("hunter2", "aHVudGVyMg");
    }

    @Test
    void missingArgumentsAreRejected() {
        Checks.Result result = Checks.run();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.text()).contains("URL of the gateway is missing", "Usage:");
    }

    @Test
    void passwordWithoutUsernameIsRejected() {
        Checks.Result result = Checks.run(Map.of("PUSHGATEWAY_PASSWORD", "hunter2"), "http://localhost:9091");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.text()).contains("no username").doesNotContain("hunter2");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    /** Starts a server with these pages, which responds with 404 to all other paths. */
    private static WireServer pages(Map<String, String> pages) throws IOException {
        return new WireServer((request, out) -> {
            String page = pages.get(request.path());
            respond(out, page == null ? 404 : 200, page == null ? "404 page not found" : page);
        });
    }

    private interface Statuses {

        /** Returns the status of a response, or an empty text for that of a gateway. */
        String of(WireServer.Request request);
    }

    /** Starts a gateway that stores nothing. */
    private static WireServer gateway(Statuses statuses) throws IOException {
        return new WireServer((request, out) -> {
            String status = statuses.of(request);
            if (!status.isEmpty()) {
                respond(out, Integer.parseInt(status), "");
            } else {
                respond(out, success(request), page(request.path(), NO_GROUPS));
            }
        });
    }

    /** Starts a gateway that stores the last push, and responds to a deletion without an effect. */
    private static WireServer storingGateway() throws IOException {
        String[] groups = {NO_GROUPS};
        UnaryOperator<String> stored = job -> "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"" + job
                + "\"},\"last_push_successful\":true,\"camel_pushgateway_doctor\":{\"type\":\"GAUGE\",\"metrics\":[{"
                + "\"labels\":{\"job\":\"" + job + "\"},\"value\":\"VALUE\"}]}}]}";
        return new WireServer((request, out) -> {
            if (request.method().equals("PUT")) {
                String value = request.text()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst(".* ", ""))
                        .findFirst()
                        .orElseThrow();
                groups[0] = stored.apply(request.path().replaceFirst(".*/", "")).replace("VALUE", value);
            }
            respond(out, success(request), page(request.path(), groups[0]));
        });
    }

    private static int success(WireServer.Request request) {
        return request.method().equals("DELETE") ? 202 : 200;
    }

    private static String page(String path, String groups) {
        return switch (path) {
            case "/-/ready" -> "OK";
            case "/api/v1/status" -> STATUS;
            case "/api/v1/metrics" -> groups;
            default -> "";
        };
    }

    private static void respond(OutputStream out, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        out.write(("HTTP/1.1 " + status + " X\r\n" + (status == 204 ? "" : "Content-Length: " + bytes.length + "\r\n")
                        + "\r\n")
                .getBytes(UTF_8));
        out.write(bytes);
    }
}
