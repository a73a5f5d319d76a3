package io.github.camelpushgateway.console;

import io.github.camelpushgateway.PushgatewayEndpoint;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.PushResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Console view of one gateway or of several mirrored or distributed gateways of an endpoint. */
final class GatewayView {

    /** Maximum time to wait for the responses of all gateways. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final GroupFilter ALL = GroupFilter.of("*", Map.of(), null);

    private final String url;
    private final CompletionStage<PushResponse> ready;
    private final CompletionStage<List<GatewayGroup>> groups;

    /** Sends the requests to the gateway. */
    private GatewayView(String url, PushgatewayEndpoint endpoint) {
        this.url = url;
        ready = request(() -> endpoint.gateways().ready());
        groups = request(() -> endpoint.gateways().groups(ALL));
    }

    private static <T> CompletionStage<T> request(Supplier<CompletionStage<T>> request) {
        try {
            return request.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Returns the views of all gateways. The requests are sent concurrently. Each gateway is queried only once, with
     * the first endpoint that uses it.
     */
    static List<Map<String, Object>> all(List<PushgatewayEndpoint> endpoints, int limit) {
        Map<String, GatewayView> views = new LinkedHashMap<>();
        for (PushgatewayEndpoint endpoint : endpoints) {
            views.computeIfAbsent(endpoint.getServiceUrl(), url -> new GatewayView(url, endpoint));
        }
        long end = System.nanoTime() + TIMEOUT.toNanos();
        return views.values().stream().map(view -> view.show(end, limit)).toList();
    }

    private Map<String, Object> show(long end, int limit) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("url", url);
        String readyError = await(ready, end, response -> {});
        view.put("ready", readyError == null);
        String groupsError = await(groups, end, all -> {
            view.put("groupsHeld", all.size());
            view.put(
                    "groups",
                    all.stream()
                            .limit(Math.max(0, limit))
                            .map(GatewayView::show)
                            .toList());
        });
        if (readyError != null) {
            view.put("error", readyError);
        } else if (groupsError != null) {
            view.put("error", groupsError);
        }
        return view;
    }

    private static Map<String, Object> show(GatewayGroup group) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("labels", group.labels());
        view.put("ageSeconds", Math.round(group.age()));
        view.put("failed", group.isFailed());
        return view;
    }

    /** Returns the error message of a request, or null if it succeeded. */
    private static <T> @Nullable String await(CompletionStage<T> stage, long end, Consumer<T> use) {
        try {
            use.accept(stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        } catch (TimeoutException e) {
            return "no response within " + TIMEOUT.toSeconds() + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
