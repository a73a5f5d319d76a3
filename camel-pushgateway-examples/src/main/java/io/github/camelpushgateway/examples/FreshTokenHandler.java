package io.github.camelpushgateway.examples;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** Adds a bearer token to each request, and fetches a new one from a token service when the gateway responds with 401. */
public final class FreshTokenHandler implements PushgatewayHandler {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    @Nullable
    private volatile String token;

    public FreshTokenHandler(String service) {
        this.service = URI.create(service);
    }

    @Override
    public GatewayResponse handle(GatewayRequest request, Next next) throws IOException {
        String cached = token;
        if (cached != null) {
            GatewayResponse response = next.handle(request.withHeader("Authorization", "Bearer " + cached));
            if (response.statusCode() != 401) {
                return response;
            }
        }
        String fresh = fetch(request);
        token = fresh;
        return next.handle(request.withHeader("Authorization", "Bearer " + fresh));
    }

    private String fetch(GatewayRequest request) throws IOException {
        try {
            HttpRequest tokenRequest =
                    HttpRequest.newBuilder(service).timeout(request.timeout()).build();
            HttpResponse<String> response = client.send(tokenRequest, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the token service responded with " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching a token", e);
        }
    }
}
