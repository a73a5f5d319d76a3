package io.github.camelpushgateway.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Pushes a body unchanged, and through this client, to one gateway, which is empty before and afterwards. */
public final class RawAndClientPushes implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MAX_CHARS = 1_000;
    private static final String RAW = "raw";
    private static final String OURS = "ours";

    private final Pushgateway gateway;
    private final PushgatewayClient client;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public RawAndClientPushes(Pushgateway gateway) {
        this.gateway = gateway;
        client = new PushgatewayClient(Pushes.settings(gateway.url()));
    }

    /**
     * The outcome of a push.
     *
     * @param refusal the reason for the refusal or the rejection, or empty if the push was accepted
     * @param byClient whether it was rejected before it was sent
     * @param series the series that the gateway then exposes
     */
    public record Outcome(String refusal, boolean byClient, Set<String> series) {

        public boolean accepted() {
            return refusal.isEmpty();
        }
    }

    private record Reply(int status, String text) {}

    /** Pushes the bytes unchanged. */
    public Outcome raw(byte[] body) {
        HttpRequest.Builder put = HttpRequest.newBuilder(url(RAW))
                .header("Content-Type", "text/plain; version=0.0.4")
                .PUT(BodyPublishers.ofByteArray(body));
        Reply reply;
        try {
            reply = send(put);
        } catch (UncheckedIOException e) {
            // gateway 1.11.2 closes the connection on some bodies, such as {}, and continues to run
            return new Outcome("no response", false, Set.of());
        }
        return reply.status() == 200
                ? accepted(RAW)
                : new Outcome(reply.status() + " " + reply.text(), false, Set.of());
    }

    /** Parses, validates and pushes the body. */
    public Outcome ours(byte[] body) {
        PushRequest request;
        try {
            request = new PushRequest(
                    PushOperation.PUSH, GroupingKey.of(OURS), TextFormat.read(new ByteArrayInputStream(body)));
        } catch (IllegalArgumentException e) {
            return new Outcome(String.valueOf(e.getMessage()), true, Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            client.send(request).toCompletableFuture().join();
        } catch (CompletionException e) {
            return new Outcome(String.valueOf(e.getMessage()), false, Set.of());
        }
        return accepted(OURS);
    }

    private Outcome accepted(String job) {
        Set<String> series;
        try {
            series = GatewayMetrics.of(job, gateway.metrics());
        } catch (IllegalStateException e) {
            series = Set.of("the scrape failed: " + e.getMessage());
        }
        // executed before the next push, because a gateway executes requests in order
        send(HttpRequest.newBuilder(url(job)).DELETE());
        return new Outcome("", false, series);
    }

    private URI url(String job) {
        return URI.create(gateway.url() + "/metrics/job/" + job);
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(MAX_CHARS), UTF_8).strip();
                body.transferTo(OutputStream.nullOutputStream());
                return new Reply(response.statusCode(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
