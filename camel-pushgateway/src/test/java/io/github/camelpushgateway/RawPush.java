package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends pushes without the component, including pushes that the component rejects. */
final class RawPush {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private RawPush() {}

    /** @param path below {@code /metrics}, such as {@code /job/a} */
    static void to(String gateway, String path, String body) {
        assertThat(status(gateway, path, body)).isBetween(200, 299);
    }

    static int status(String gateway, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + "/metrics" + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return send(request);
        } catch (IOException e) {
            // the client of the JDK occasionally sends on a connection that it is about to close
            try {
                return send(request);
            } catch (IOException again) {
                throw new AssertionError(again);
            }
        }
    }

    private static int send(HttpRequest request) throws IOException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
