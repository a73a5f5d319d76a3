package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A gateway with many groups of 20 series each, as after a year without sweeps. The number of groups is 2,000, or the
 * value of {@code -Dlarge.groups}.
 */
class LargeGatewayIT {

    private static final int GROUPS = Integer.getInteger("large.groups", 2_000);
    private static final int SERIES = 20;

    @Test
    void largeGatewayIsListedAndSweptInSmallHeap() throws Exception {
        // the check of a push compares it with all groups, so filling the gateway with it would take an hour
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withFlag("--push.disable-consistency-check"))) {
            String body = IntStream.range(0, SERIES)
                    .mapToObj(i ->
                            "# TYPE stage_" + i + "_rows gauge\nstage_" + i + "_rows{stage=\"" + i + "\"} " + i + "\n")
                    .collect(Collectors.joining());
            IntStream.range(0, GROUPS)
                    .parallel()
                    .forEach(i -> RawPush.to(
                            gateway.url(), "/job/" + (i % 2 == 0 ? "tmp-" : "nightly-") + i + "/region/eu-" + i, body));

            assertThat(run("-Xmx64m", gateway.url()))
                    .contains(
                            "listed " + GROUPS + " groups with " + GROUPS * SERIES + " metrics",
                            "swept " + GROUPS / 2 + " with " + GROUPS / 2 + " requests");

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                List<String> jobs = gateway.groups().stream()
                        .map(group -> group.labels().get("job"))
                        .toList();
                assertThat(jobs).hasSize(GROUPS / 2).allMatch(job -> job.startsWith("nightly-"));
            });
        }
    }

    private static List<String> run(String memory, String gateway) throws Exception {
        return ChildJvm.run(Duration.ofMinutes(2), List.of(memory), SmallHeapMain.class, gateway);
    }
}
