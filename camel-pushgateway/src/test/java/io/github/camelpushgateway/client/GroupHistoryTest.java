package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.MetricsBuilder;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.testing.GatewayLives;
import io.github.camelpushgateway.testing.GroupHistory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the model of a gateway that ends takes for possible, where the gateway itself is late. */
class GroupHistoryTest {

    private static final GroupingKey KEY = GroupingKey.of("a");

    /** A life that goes on asks no gateway. */
    @SuppressWarnings("NullAway")
    private static final Pushgateway NOBODY = null;

    private final GroupHistory history = new GroupHistory(KEY, new GatewayLives(NOBODY, false));

    @Test
    void whatWasReportedBeforeADeleteIsDone() {
        done(push(1));
        done(push(2));
        done(PushRequest.delete(KEY));
        history.ask(push(3));

        assertThat(history.possible("order", history.reported(), 0))
                .containsExactlyInAnyOrder(2.0, GroupHistory.NONE, 3.0);
    }

    @Test
    void aDeleteIsDoneWhenSomethingAfterItIs() {
        done(push(1));
        done(PushRequest.delete(KEY));
        done(push(2));

        assertThat(history.possible("order", history.reported(), 0)).containsExactly(2.0);
    }

    private void done(PushRequest request) {
        history.ask(request).report(0, null);
    }

    private static PushRequest push(double number) {
        MetricsBuilder metrics = new MetricsBuilder(Map.of());
        metrics.metric("order", MetricType.GAUGE, null, number);
        return new PushRequest(PushOperation.PUSHADD, KEY, metrics.build());
    }
}
