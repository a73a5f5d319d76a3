package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.RequestExecutor;
import io.github.camelpushgateway.client.http.RequestListener;
import io.github.camelpushgateway.client.query.GroupReader;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ParsedResponse;
import io.github.camelpushgateway.client.transport.ResponseParser;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads pages of a gateway, such as its groups. */
final class GatewayReader {

    private final ClientSettings settings;
    private final RequestExecutor executor;

    GatewayReader(ClientSettings settings, RequestExecutor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    /**
     * A read in flight.
     *
     * @param execution the execution of the request
     * @param value completes with the parsed page, or fails as a push does
     */
    record Reading<T>(RequestExecution execution, CompletionStage<T> value) {}

    /** Starts to read the groups of the gateway. */
    <T> Reading<List<T>> readGroups(GroupReader<T> parser) {
        return read("groups", "/api/v1/metrics", parser);
    }

    /** Starts to read a page, whose path is relative to the URL of the gateway. */
    <T> Reading<T> read(String operation, String path, ResponseParser<T> parser) {
        RequestDescription description = new RequestDescription(operation, null, settings.url());
        ParsedResponse<T> parsed = new ParsedResponse<>(parser);
        RequestExecution execution = executor.start(
                description,
                RequestListener.NONE,
                parsed,
                () -> settings.request("GET", settings.url().resolve(path)));
        return new Reading<>(execution, value(execution.outcome(), parsed, description));
    }

    private static <T> CompletionStage<T> value(
            CompletableFuture<PushResponse> outcome, ParsedResponse<T> parsed, RequestDescription description) {
        return Futures.compose(outcome, response -> {
            T value = parsed.value();
            return value != null
                    ? CompletableFuture.completedFuture(value)
                    : CompletableFuture.failedFuture(FailureMessages.withoutResponse(
                            description,
                            1,
                            new MalformedResponseException(
                                    "the option handler returned its own response without a body, so there is nothing to"
                                            + " read",
                                    null)));
        });
    }
}
