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

/** Pushes a body as it is, and by this client, to one gateway, which is empty before and after. */
public final class BothWays implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_WORDS = 1_000;
    private static final String RAW = "raw";
    private static final String OURS = "ours";

    private final Pushgateway gateway;
    private final PushgatewayClient client;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public BothWays(Pushgateway gateway) {
        this.gateway = gateway;
        client = new PushgatewayClient(Pushes.settings(gateway.url()));
    }

    /**
     * What became of a push.
     *
     * @param refusal why it was refused, or empty if it was taken
     * @param byUs whether it was rejected before it was sent
     * @param series what the gateway shows then
     */
    public record Outcome(String refusal, boolean byUs, Set<String> series) {

        public boolean taken() {
            return refusal.isEmpty();
        }
    }

    private record Answer(int status, String words) {}

    /** Pushes the bytes with nothing done to them. */
    public Outcome raw(byte[] body) {
        HttpRequest.Builder put = HttpRequest.newBuilder(url(RAW))
                .header("Content-Type", "text/plain; version=0.0.4")
                .PUT(BodyPublishers.ofByteArray(body));
        Answer answer;
        try {
            answer = send(put);
        } catch (UncheckedIOException e) {
            // over some bodies, such as {}, the gateway 1.11.2 stumbles: it closes the connection and goes on
            return new Outcome("no answer", false, Set.of());
        }
        return answer.status() == 200
                ? taken(RAW)
                : new Outcome(answer.status() + " " + answer.words(), false, Set.of());
    }

    /** Reads, checks and pushes the body. */
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
        return taken(OURS);
    }

    private Outcome taken(String job) {
        Set<String> series;
        try {
            series = GatewayMetrics.of(job, gateway.metrics());
        } catch (IllegalStateException e) {
            series = Set.of("the scrape failed: " + e.getMessage());
        }
        // carried out before the next push, since a gateway does what it is asked one after another
        send(HttpRequest.newBuilder(url(job)).DELETE());
        return new Outcome("", false, series);
    }

    private URI url(String job) {
        return URI.create(gateway.url() + "/metrics/job/" + job);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String words = new String(body.readNBytes(MOST_WORDS), UTF_8).strip();
                body.transferTo(OutputStream.nullOutputStream());
                return new Answer(response.statusCode(), words);
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
