package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelpushgateway.api.GroupingKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gateway of a group is the same everywhere and never changes, and few groups move when the gateways change. */
class RendezvousHashTest {

    private static final int GROUPS = 2_000;

    @Property(tries = 50)
    void addedGatewayTakesOverOnlyItsShare(@ForAll @IntRange(min = 1, max = 12) int gateways, @ForAll Random random) {
        List<String> before = identities(gateways);
        List<String> after = identities(gateways + 1);
        Collections.shuffle(after, random);
        String added = identities(gateways + 1).get(gateways);
        RendezvousHash few = new RendezvousHash(before);
        RendezvousHash more = new RendezvousHash(after);

        int moved = 0;
        for (GroupingKey group : groups(random)) {
            String previous = before.get(few.choose(group));
            String current = after.get(more.choose(group));
            if (!previous.equals(current)) {
                assertThat(current).isEqualTo(added);
                moved++;
            }
        }

        assertThat((double) moved).isCloseTo(GROUPS / (gateways + 1.0), within(sixSigma(gateways + 1)));
    }

    @Property(tries = 50)
    void eachGatewayGetsAnEqualShare(@ForAll @IntRange(min = 2, max = 12) int gateways, @ForAll Random random) {
        RendezvousHash rendezvous = new RendezvousHash(identities(gateways));
        int[] shares = new int[gateways];

        groups(random).forEach(group -> shares[rendezvous.choose(group)]++);

        assertThat(shares)
                .satisfies(all -> IntStream.of(all)
                        .forEach(share -> assertThat((double) share)
                                .isCloseTo((double) GROUPS / gateways, within(sixSigma(gateways)))));
    }

    @Property(tries = 200)
    void orderOfTheGatewaysHasNoEffect(@ForAll Random random) {
        List<String> listed = identities(5);
        List<String> shuffled = new ArrayList<>(listed);
        Collections.shuffle(shuffled, random);
        GroupingKey group = GroupingKey.of("job" + random.nextInt());

        assertThat(shuffled.get(new RendezvousHash(shuffled).choose(group)))
                .isEqualTo(listed.get(new RendezvousHash(listed).choose(group)));
    }

    /** If this test fails, an upgrade would leave groups on their old gateways. */
    @Example
    void choiceNeverChanges() {
        RendezvousHash rendezvous = new RendezvousHash(identities(4));

        assertThat(List.of(
                                GroupingKey.of("nightly-load"),
                                GroupingKey.of("a"),
                                GroupingKey.of("b"),
                                GroupingKey.of("Zürich/Ost"),
                                GroupingKey.of("a", Map.of("region", "eu", "stage", "")))
                        .stream()
                        .map(rendezvous::choose))
                .containsExactly(0, 1, 3, 0, 1);
    }

    private static double sixSigma(int gateways) {
        double share = 1.0 / gateways;
        return 6 * Math.sqrt(GROUPS * share * (1 - share));
    }

    /** Identities that differ in one digit, as real ones often do. */
    private static List<String> identities(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> "http://gateway-" + i + ":9091")
                .toList());
    }

    /** Groups with numbered jobs, and others. */
    private static List<GroupingKey> groups(Random random) {
        int first = random.nextInt(1_000_000);
        return IntStream.range(0, GROUPS)
                .mapToObj(i -> i % 2 == 0
                        ? GroupingKey.of("job-" + (first + i))
                        : GroupingKey.of("load", Map.of("instance", Long.toString(random.nextLong(), 36))))
                .toList();
    }
}
