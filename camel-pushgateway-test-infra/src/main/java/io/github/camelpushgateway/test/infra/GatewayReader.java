package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Reader of a gateway's API, with the credentials and certificates of its setup. */
final class GatewayReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final PushgatewaySetup setup;
    private final HttpClient client;

    GatewayReader(String url, PushgatewaySetup setup) {
        this.url = url;
        this.setup = setup;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        var certificates = setup.certificates();
        if (certificates != null) {
            builder.sslContext(certificates.clientContext());
        }
        client = builder.build();
    }

    String get(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
        var credentials = setup.credentials();
        if (credentials != null) {
            String userPass = credentials.username() + ':' + credentials.password();
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(userPass.getBytes(UTF_8)));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "GET " + path + " failed with " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    void awaitReady() {
        long begin = System.nanoTime();
        while (true) {
            try {
                get("/-/ready");
                return;
            } catch (UncheckedIOException | IllegalStateException e) {
                if (Thread.currentThread().isInterrupted() || System.nanoTime() - begin > TIMEOUT.toNanos()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    String version() {
        return data("/api/v1/status").path("build_information").path("version").asText();
    }

    List<PushgatewayGroup> groups() {
        List<PushgatewayGroup> groups = new ArrayList<>();
        data("/api/v1/metrics").forEach(group -> {
            Map<String, PushgatewayGroup.Family> families = new HashMap<>();
            group.properties().forEach(entry -> {
                // labels and last_push_successful are siblings of the metrics
                if (entry.getValue().has("metrics")) {
                    families.put(entry.getKey(), family(entry.getValue()));
                }
            });
            groups.add(new PushgatewayGroup(labels(group.path("labels")), families));
        });
        return groups;
    }

    private static PushgatewayGroup.Family family(JsonNode family) {
        List<PushgatewayGroup.Sample> samples = new ArrayList<>();
        family.path("metrics")
                .forEach(sample -> samples.add(new PushgatewayGroup.Sample(
                        labels(sample.path("labels")), sample.path("value").asText(""))));
        return new PushgatewayGroup.Family(
                family.path("type").asText(), family.path("help").asText(""), samples);
    }

    private static Map<String, String> labels(JsonNode labels) {
        Map<String, String> result = new HashMap<>();
        labels.properties()
                .forEach(label -> result.put(label.getKey(), label.getValue().asText()));
        return result;
    }

    private JsonNode data(String path) {
        try {
            return JSON.readTree(get(path)).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
