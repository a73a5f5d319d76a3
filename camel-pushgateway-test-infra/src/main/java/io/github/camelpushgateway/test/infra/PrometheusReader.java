package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Client of Prometheus's <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>. */
final class PrometheusReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    PrometheusReader(String url) {
        this.url = url;
    }

    /** Waits until Prometheus is ready. It listens before it has loaded its data. */
    void awaitReady() {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (get("/-/ready").statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Prometheus is not ready after " + TIMEOUT.toSeconds() + " seconds");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    String version() {
        return data("/api/v1/status/buildinfo").path("version").asText();
    }

    List<Prometheus.Sample> query(String promQl) {
        JsonNode data = data("/api/v1/query?query=" + URLEncoder.encode(promQl, UTF_8));
        JsonNode result = data.path("result");
        List<Prometheus.Sample> samples = new ArrayList<>();
        switch (data.path("resultType").asText()) {
            case "vector" ->
                result.forEach(sample -> samples.add(
                        new Prometheus.Sample(strings(sample.path("metric")), number(sample.path("value")))));
            case "scalar" -> samples.add(new Prometheus.Sample(Map.of(), number(result)));
            default -> throw new IllegalArgumentException("neither an instant vector nor a scalar: " + promQl);
        }
        return samples;
    }

    List<Prometheus.Alert> alerts() {
        List<Prometheus.Alert> alerts = new ArrayList<>();
        data("/api/v1/alerts")
                .path("alerts")
                .forEach(alert -> alerts.add(new Prometheus.Alert(
                        strings(alert.path("labels")),
                        strings(alert.path("annotations")),
                        alert.path("state").asText().equals("firing"))));
        return alerts;
    }

    /**
     * Returns the number of a pair of timestamp and text. Prometheus writes numbers as text because JSON has no
     * infinity.
     */
    private static double number(JsonNode value) {
        String text = value.path(1).asText();
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }

    private JsonNode data(String path) {
        HttpResponse<String> response = get(path);
        try {
            JsonNode content = JSON.readTree(response.body());
            if (!content.path("status").asText().equals("success")) {
                throw new IllegalArgumentException(
                        "GET " + path + " failed with " + response.statusCode() + ": " + response.body());
            }
            return content.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the response " + response.statusCode() + " to GET " + path + " is not JSON", e);
        }
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
