package io.github.camelpushgateway.client;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.LossyProxy;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushes that add to a group, with lost requests and responses. */
class AccumulateFaultsIT extends AccumulateFaultsTestSupport {

    /** The pushes of a case, by all callers together. */
    private static final int PUSHES = Integer.getInteger("faults.pushes", 12);

    @ParameterizedTest
    @CsvSource({"1, 0, false", "1, 1, true", "8, 0, true", "16, 2, false", "16, 1, true"})
    void lossesDoNotCountTwice(int callers, int retries, boolean redeliver) throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain());
                LossyProxy proxy = new LossyProxy(gateway.url(), callers + retries, 40);
                PushgatewayClient client = client(proxy, retries)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(CompletableFuture.runAsync(() -> push(client, PUSHES / callers + 2, redeliver), threads));
            }
            // a counter never decreases because of this client
            List<Double> observed = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        observed.add(value(gateway, "all_total"));
                        return all.stream().allMatch(CompletableFuture::isDone);
                    });
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            proxy.becomeReliable();
            Futures.await(
                    client.send(accumulate(GROUP, counter("all", 0), counter("each", 0, Labels.of("push", "0")))));

            assertThat(observed).isSorted();
            checkValues(gateway, 0, true);
            assertThat(proxy.losses()).isPositive();
            long failed =
                    results.values().stream().filter(each -> !each.isSuccess()).count();
            System.out.println(results.size() + " pushes, " + failed + " failed, " + proxy.losses() + " losses, "
                    + observed.size() + " observations");
        }
    }

    private static double value(Pushgateway gateway, String metric) {
        return gateway.group("job", "lossy")
                .filter(group -> group.has(metric))
                .map(group -> group.value(metric))
                .orElse(0.0);
    }
}
