package io.github.camelpushgateway.testing;

import static io.github.camelpushgateway.testing.Increases.counter;
import static io.github.camelpushgateway.testing.Increases.gauge;
import static io.github.camelpushgateway.testing.Increases.histogram;
import static io.github.camelpushgateway.testing.Increases.summary;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random requests that add to metrics, and some that replace or delete them. */
public final class IncreaseSequences {

    private static final int MAX_LENGTH = 14;

    private IncreaseSequences() {}

    /**
     * Returns a sequence of at most {@value #MAX_LENGTH} requests.
     *
     * @param withConflicts whether some requests contradict others, so that not all are accepted
     */
    public static List<PushRequest> any(Random random, GroupingKey group, boolean withConflicts) {
        List<PushRequest> sequence = new ArrayList<>();
        for (int i = 2 + random.nextInt(MAX_LENGTH - 1); i > 0; i--) {
            sequence.add(request(random, group, withConflicts, i));
        }
        return sequence;
    }

    /** Returns a request. */
    public static PushRequest request(Random random, GroupingKey group, boolean withConflicts, int number) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return PushRequest.delete(group);
        }
        List<MetricSnapshot> families = new ArrayList<>();
        if (random.nextBoolean()) {
            families.add(counter("inc_a", number, labels(random)));
        }
        if (random.nextBoolean()) {
            families.add(gauge("inc_b", number));
        }
        if (random.nextInt(3) == 0) {
            families.add(
                    withConflicts && random.nextInt(5) == 0
                            ? histogram("inc_c", new double[] {7, Double.POSITIVE_INFINITY}, 1, 1, number)
                            : histogram("inc_c", number, number, 0, 1));
        }
        if (random.nextInt(3) == 0) {
            families.add(
                    withConflicts && random.nextInt(5) == 0
                            ? gauge("inc_d", number)
                            : summary("inc_d", number, 2.0 * number));
        }
        if (withConflicts && random.nextInt(8) == 0) {
            families.add(random.nextBoolean() ? gauge("inc_e_total", number) : counter("inc_e", number));
        }
        MetricSnapshots metrics = new MetricSnapshots(families);
        return kind < 2
                ? new PushRequest(PushOperation.PUSH, group, metrics)
                : kind < 6
                        ? new PushRequest(PushOperation.PUSHADD, group, metrics)
                        : PushRequest.accumulate(group, metrics);
    }

    private static Labels labels(Random random) {
        return random.nextInt(3) == 0 ? Labels.of("l", String.valueOf(random.nextInt(2))) : Labels.EMPTY;
    }
}
