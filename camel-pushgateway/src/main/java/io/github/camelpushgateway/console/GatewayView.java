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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a console shows of the gateway of an endpoint, or of all that belong together. */
final class GatewayView {

    /** How long gateways have to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final GroupFilter ALL = GroupFilter.of("*", Map.of(), null);

    private final String url;
    private final CompletionStage<PushResponse> ready;
    private final CompletionStage<List<GatewayGroup>> groups;

    /** Asks. */
    private GatewayView(String url, PushgatewayEndpoint endpoint) {
        this.url = url;
        ready = ask(() -> endpoint.gateways().ready());
        groups = ask(() -> endpoint.gateways().groups(ALL, UnaryOperator.identity()));
    }

    private static <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Asks all at once, each only once: by the first of the endpoints that lead there. */
    static List<Map<String, Object>> all(List<PushgatewayEndpoint> endpoints, int limit) {
        Map<String, GatewayView> views = new LinkedHashMap<>();
        for (PushgatewayEndpoint endpoint : endpoints) {
            views.computeIfAbsent(endpoint.getServiceUrl(), url -> new GatewayView(url, endpoint));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        return views.values().stream().map(view -> view.show(end, limit)).toList();
    }

    private Map<String, Object> show(long end, int limit) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("url", url);
        String notReady = await(ready, end, response -> {});
        view.put("ready", notReady == null);
        String unread = await(groups, end, all -> {
            view.put("groupsHeld", all.size());
            view.put(
                    "groups",
                    all.stream()
                            .limit(Math.max(0, limit))
                            .map(GatewayView::show)
                            .toList());
        });
        if (notReady != null) {
            view.put("error", notReady);
        } else if (unread != null) {
            view.put("error", unread);
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

    /** Returns why there is no answer, or null if there is one. */
    private static <T> @Nullable String await(CompletionStage<T> stage, long end, Consumer<T> use) {
        try {
            use.accept(stage.toCompletableFuture().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            return null;
        } catch (ExecutionException e) {
            return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        } catch (TimeoutException e) {
            return "it did not answer within " + PATIENCE.toSeconds() + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
