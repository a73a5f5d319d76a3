package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.api.StaleAfter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GroupListingTest {

    private static GatewayGroup group(String gateway, double lastPush, double age) {
        return new GatewayGroup(gateway, new TreeMap<>(Map.of("job", "a")), List.of(), lastPush, null, age);
    }

    private static List<GatewayGroup> mirrored(String staleAfter, GatewayGroup... groups) throws Exception {
        return Futures.await(GroupListing.combine(
                Arrays.stream(groups)
                        .map(group -> CompletableFuture.completedFuture(List.of(group)))
                        .toList(),
                GroupFilter.of("*", Map.of(), new StaleAfter.Age(Duration.parse(staleAfter))),
                true));
    }

    /** The Date header has a resolution of seconds, and mirrors are not queried at the same moment. */
    @Test
    void timeOfQueryDoesNotAffectWhichMirroredCopyIsListed() throws Exception {
        for (double[] ages : new double[][] {{11, 11}, {12, 11}, {11, 12}}) {
            GatewayGroup one = mirrored("PT10S", group("a", 100.001, ages[0]), group("b", 100.002, ages[1]))
                    .get(0);

            assertThat(one.gateway()).isEqualTo("b");
            assertThat(one.age()).isEqualTo(11);
        }
    }

    @Test
    void mirroredGroupIsAsYoungAsItsYoungestCopy() throws Exception {
        assertThat(mirrored("PT10S", group("a", 3600.001, 9), group("b", 7200.002, 11)))
                .as("the clock of the gateway with the last push is an hour behind")
                .isEmpty();
    }
}
