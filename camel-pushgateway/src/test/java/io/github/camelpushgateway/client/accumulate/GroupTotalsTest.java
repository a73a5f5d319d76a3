package io.github.camelpushgateway.client.accumulate;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupTotalsTest {

    private static final GatewayUrl GATEWAY = GatewayUrl.parse("http://gateway:9091");
    private static final GroupingKey GROUP = GroupingKey.of("a");
    private static final PushRequest REQUEST = accumulate(GROUP, counter("rows", 1));
    private static final PushRequest DELETE = PushRequest.delete(GROUP);
    private static final PushRequest PUSHADD = new PushRequest(PushOperation.PUSHADD, GROUP, REQUEST.increments());

    private final GroupTotals totals = new GroupTotals(GATEWAY, GROUP, List.of());

    private boolean isKnown(RequestPeriod period) {
        return totals.attemptIfKnown(period, REQUEST, Set.of(), Duration.ofHours(1)) != null;
    }

    /** The increment may have been added after the delete. */
    @Test
    void overlappingDeleteDoesNotResolveADoubt() {
        PushIdentity push = new PushIdentity();
        RequestPeriod adding = totals.begin("", this);
        RequestPeriod deleting = totals.begin("", this, DELETE);
        totals.doubt(new UnusedAccess(), totals.attempt(adding, REQUEST, Set.of(push)));

        totals.end(deleting, DELETE, ExecutionTime.AFTER_RESPONSE);
        totals.end(adding);

        assertThat(push.isInDoubt(GATEWAY)).isTrue();
        RequestPeriod alone = totals.begin("", this, DELETE);
        totals.end(alone, DELETE, ExecutionTime.AFTER_RESPONSE);
        assertThat(push.isInDoubt(GATEWAY)).isFalse();
    }

    @Test
    void valuesOfAnotherAccessAreUnknown() {
        RequestPeriod adding = totals.begin("one", this);
        totals.read(adding, null);
        assertThat(isKnown(adding)).isTrue();

        RequestPeriod other = totals.begin("other", this, DELETE);
        totals.end(other, DELETE, ExecutionTime.AFTER_RESPONSE);

        assertThat(isKnown(adding)).isFalse();
    }

    @Test
    void metricIsUnknownAfterOverlappingRequests() {
        RequestPeriod adding = totals.begin("", this);
        totals.read(adding, null);
        RequestPeriod replacing = totals.begin("", this, PUSHADD);
        Attempted attempted = totals.attempt(adding, REQUEST, Set.of());
        totals.end(replacing, PUSHADD, ExecutionTime.BEFORE_RESPONSE);
        totals.written(adding, REQUEST, attempted, ExecutionTime.BEFORE_RESPONSE);
        totals.end(adding);

        assertThat(isKnown(totals.begin("", this))).isFalse();
    }

    @Test
    void metricIsKnownAfterRequestsInTurn() {
        RequestPeriod adding = totals.begin("", this);
        totals.read(adding, null);
        totals.written(adding, REQUEST, totals.attempt(adding, REQUEST, Set.of()), ExecutionTime.BEFORE_RESPONSE);
        totals.end(adding);
        RequestPeriod replacing = totals.begin("", this, PUSHADD);
        totals.end(replacing, PUSHADD, ExecutionTime.BEFORE_RESPONSE);

        assertThat(isKnown(totals.begin("", this))).isTrue();
    }
}
