package io.github.camelpushgateway.benchmarks.sidebyside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Contestant that uses the JDK's {@code java.net.http.HttpClient} and hand-written text. */
final class JdkContestant implements Contestant {

    private final URI gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    JdkContestant(URI gateway) {
        this.gateway = gateway;
    }

    @Override
    public Push one(String job) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/metrics/job/" + job))
                .header("Content-Type", Exposition.CONTENT_TYPE);
        return value -> {
            HttpResponse<String> response = client.send(
                    request.copy()
                            .POST(HttpRequest.BodyPublishers.ofString(Exposition.one(value)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("the gateway responded with " + response.statusCode() + ": " + response.body());
            }
        };
    }
}
