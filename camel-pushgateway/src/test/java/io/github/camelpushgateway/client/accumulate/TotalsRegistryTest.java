package io.github.camelpushgateway.client.accumulate;

import static io.github.camelpushgateway.testing.Increases.accumulate;
import static io.github.camelpushgateway.testing.Increases.counter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushIdentity;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.client.http.Sending;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TotalsRegistryTest {

    private static final GatewayUrl GATEWAY = GatewayUrl.parse("http://gateway:9091");
    private static final GroupingKey GROUP = GroupingKey.of("a");
    private static final PushRequest REQUEST = accumulate(GROUP, counter("rows", 1));

    private final TotalsRegistry registry = new TotalsRegistry((gateway, group) -> List.of());

    @Test
    void totalsAreSharedByTheIdentityOfTheGateway() {
        TotalsRegistry.Hold one = registry.hold(GATEWAY, GROUP);
        TotalsRegistry.Hold same = registry.hold(GatewayUrl.parse("HTTP://GATEWAY:9091/"), GROUP);
        TotalsRegistry.Hold other = registry.hold(GatewayUrl.parse("http://gateway:9092"), GROUP);

        assertThat(one.totals()).isSameAs(same.totals()).isNotSameAs(other.totals());
    }

    @Test
    void valuesAreUnknownWithoutAHolder() {
        TotalsRegistry.Hold one = registry.hold(GATEWAY, GROUP);
        TotalsRegistry.Hold another = registry.hold(GATEWAY, GROUP);
        GroupTotals totals = one.totals();
        totals.read(totals.begin("", this), null);

        one.release();
        one.release();
        assertThat(isKnown(totals)).isTrue();
        another.release();

        assertThat(isKnown(totals)).isFalse();
        assertThat(registry.size()).isZero();
    }

    private boolean isKnown(GroupTotals totals) {
        return totals.attemptIfKnown(totals.begin("", this), REQUEST, Set.of(), Duration.ofHours(1)) != null;
    }

    @Test
    void doubtRemainsAsLongAsItsPushIsInUse() {
        PushIdentity push = new PushIdentity();
        TotalsRegistry.Hold hold = registry.hold(GATEWAY, GROUP);
        RequestPeriod period = hold.totals().begin("", this);
        hold.totals().doubt(new UnusedAccess(), hold.totals().attempt(period, REQUEST, Set.of(push)));
        hold.release();
        hold = null;

        System.gc();
        assertThat(push.isInDoubt(GATEWAY)).isTrue();
        assertThat(registry.size()).isOne();
        assertThat(registry.hold(GATEWAY, GROUP).totals().hasDoubts()).isTrue();

        // the identity is in use until here
        assertThat(push.isInDoubt(GATEWAY)).isTrue();
        push = new PushIdentity();
        await().until(() -> {
            System.gc();
            return registry.size() == 0;
        });
        assertThat(push.isInDoubt(GATEWAY)).isFalse();
    }

    @Test
    void deletedGroupsAreBounded() {
        IntStream.range(0, 2_500).forEach(i -> {
            PushRequest delete = PushRequest.delete(GroupingKey.of("deleted-" + i));
            new ObservedSending(Objects.requireNonNull(registry.holdIfKnown(GATEWAY, delete)), delete, "", this)
                    .start(new Succeeding(202));
        });

        assertThat(registry.size()).isEqualTo(1_000);
    }

    @Test
    void lengthOfDeletedGroupsIsBounded() {
        IntStream.range(0, 100).forEach(i -> {
            PushRequest delete = PushRequest.delete(GroupingKey.of("x".repeat(10_000) + i));
            new ObservedSending(Objects.requireNonNull(registry.holdIfKnown(GATEWAY, delete)), delete, "", this)
                    .start(new Succeeding(202));
        });

        assertThat(registry.size()).isEqualTo(9);
    }

    /** A push shows only its own client that the delete was executed, since another may use another gateway. */
    @Test
    void deletedGroupIsKeptForOtherClientsAfterAPush() {
        PushRequest delete = PushRequest.delete(GROUP);
        new ObservedSending(Objects.requireNonNull(registry.holdIfKnown(GATEWAY, delete)), delete, "", this)
                .start(new Succeeding(202));

        PushRequest push = new PushRequest(PushOperation.PUSH, GROUP, REQUEST.increments());
        new ObservedSending(Objects.requireNonNull(registry.holdIfKnown(GATEWAY, push)), push, "", this)
                .start(new Succeeding(200));

        GroupTotals totals = registry.hold(GATEWAY, GROUP).totals();
        assertThat(totals.mayShowDeleted("")).isFalse();
        assertThat(totals.mayShowDeleted("other")).isTrue();
        assertThat(isKnown(totals)).isFalse();
    }

    private record Succeeding(int status) implements Sending {

        @Override
        public CompletableFuture<PushResponse> outcome() {
            return CompletableFuture.completedFuture(new PushResponse(status));
        }

        @Override
        public boolean lacksResponse() {
            return false;
        }

        @Override
        public boolean takeThread() {
            return false;
        }
    }
}
