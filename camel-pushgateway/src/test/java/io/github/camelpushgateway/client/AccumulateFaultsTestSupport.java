package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.queue.CountedPush;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.github.camelpushgateway.testing.Pushes;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/**
 * Base class of tests in which many threads add to one group through a proxy that loses requests and responses. Each push
 * adds 1 to a series of its own: a success is counted exactly once, and a failure at most once.
 */
abstract class AccumulateFaultsTestSupport {

    static final GroupingKey GROUP = GroupingKey.of("lossy");
    static final int REDELIVERIES = 3;

    final ExecutorService threads = Executors.newFixedThreadPool(16);
    final AtomicInteger numbers = new AtomicInteger();

    /** The outcome of each push, and the life of the gateway in which it began. */
    final Map<Integer, Result> results = new ConcurrentHashMap<>();

    final AtomicInteger life = new AtomicInteger();

    record Result(boolean isSuccess, int life) {}

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static PushgatewayClient client(LossyProxy proxy, int retries) {
        return new PushgatewayClient(Pushes.settings(proxy.url(), Duration.ofSeconds(1), retries, true));
    }

    int failures() {
        return (int) results.values().stream().filter(each -> !each.isSuccess()).count();
    }

    /** Pushes one after the other. A failed push is delivered again a few times if it is to be redelivered. */
    void push(PushgatewayClient client, int count, boolean redeliver) {
        push(() -> client, count, redeliver);
    }

    void push(Supplier<PushgatewayClient> client, int count, boolean redeliver) {
        for (int i = 0; i < count; i++) {
            int number = numbers.incrementAndGet();
            int began = life.get();
            PushRequest request =
                    accumulate(GROUP, counter("all", 1), counter("each", 1, Labels.of("push", String.valueOf(number))));
            PushIdentity identity = new PushIdentity();
            boolean success = send(client.get(), request, identity);
            for (int again = 0; redeliver && !success && again < REDELIVERIES; again++) {
                began = life.get();
                success = send(client.get(), request, identity);
            }
            results.put(number, new Result(success, began));
        }
    }

    static boolean send(PushgatewayClient client, PushRequest request, PushIdentity identity) {
        CountedPush push = new CountedPush(new PushStatistics(), false, identity);
        CompletableFuture<PushResponse> outcome = client.send(request, push).toCompletableFuture();
        try {
            Futures.await(outcome);
            return true;
        } catch (PushgatewayException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void checkValues(Pushgateway gateway, int sinceLife, boolean isComplete) {
        Map<Integer, Double> values = new HashMap<>();
        PushgatewayGroup group = gateway.group("job", "lossy").orElseThrow();
        for (PushgatewayGroup.Sample sample : group.family("each_total").samples()) {
            values.put(Integer.valueOf(sample.labels().get("push")), sample.number());
        }
        results.forEach((number, result) -> {
            double value = values.getOrDefault(number, 0.0);
            if (result.isSuccess() && result.life() >= sinceLife) {
                assertThat(value).as("the successful push %s", number).isEqualTo(1);
            } else {
                assertThat(value).as("the push %s", number).isIn(0.0, 1.0);
            }
        });
        if (isComplete) {
            assertThat(group.value("all_total"))
                    .isEqualTo(
                            values.values().stream().mapToDouble(each -> each).sum());
        }
    }
}
