package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.GroupHistory;
import io.github.camelpushgateway.testing.RestartableGateway;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The possible values of a group after deletes, which a gateway executes after its response. */
class GroupHistoryTest {

    private static final GroupingKey KEY = GroupingKey.of("a");

    /** A gateway that is never stopped is not used. */
    @SuppressWarnings("NullAway")
    private static final Pushgateway NO_GATEWAY = null;

    private final GroupHistory history = new GroupHistory(KEY, new RestartableGateway(NO_GATEWAY, false));

    @Test
    void successBeforeDeleteIsCertain() {
        succeed(push(1));
        succeed(push(2));
        succeed(PushRequest.delete(KEY));
        history.record(push(3));

        assertThat(history.possible("order", history.results(), 0))
                .containsExactlyInAnyOrder(2.0, GroupHistory.NONE, 3.0);
    }

    @Test
    void deleteIsCertainAfterALaterSuccess() {
        succeed(push(1));
        succeed(PushRequest.delete(KEY));
        succeed(push(2));

        assertThat(history.possible("order", history.results(), 0)).containsExactly(2.0);
    }

    private void succeed(PushRequest request) {
        history.record(request).report(0, null);
    }

    private static PushRequest push(double number) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric("order", MetricType.GAUGE, null, number);
        return new PushRequest(PushOperation.PUSHADD, KEY, metrics.build());
    }
}
