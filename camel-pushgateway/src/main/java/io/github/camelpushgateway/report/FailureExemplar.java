package io.github.camelpushgateway.report;

import io.github.camelpushgateway.metrics.ExposedNames;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The exemplar of a failed run: its trace. It is read from the header {@code traceparent}, which tracing writes to each
 * exchange: see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context, 3.2</a>. The span
 * of the run has ended when the run is reported, so it is not the current span of the thread.
 */
final class FailureExemplar {

    private static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    /** The flag of a trace that is recorded. The exemplar of another one would lead nowhere. */
    private static final int SAMPLED = 1;

    private FailureExemplar() {}

    /** Returns the header with the trace, or null. It is not validated. */
    static @Nullable String trace(Message message) {
        return message.getHeader(HEADER) instanceof String header ? header : null;
    }

    /**
     * Returns the exemplar of a run, or null if it was not traced.
     *
     * @param header the header {@code traceparent}
     */
    static @Nullable Exemplar of(String header, Instant completed) {
        Matcher trace = TRACEPARENT.matcher(header);
        if (!trace.matches() || (Integer.parseInt(trace.group(3), 16) & SAMPLED) == 0) {
            return null;
        }
        return Exemplar.builder()
                .traceId(trace.group(1))
                .spanId(trace.group(2))
                .value(1)
                .timestampMillis(completed.toEpochMilli())
                .build();
    }

    /** Returns the metrics with the exemplar in the counter of this exposed name. */
    static MetricSnapshots add(Exemplar exemplar, String counter, MetricSnapshots metrics) {
        List<MetricSnapshot> all = new ArrayList<>(metrics.size());
        for (MetricSnapshot family : metrics) {
            all.add(
                    family instanceof CounterSnapshot counters
                                    && ExposedNames.nameOf(family).equals(counter)
                            ? add(exemplar, counters)
                            : family);
        }
        return new MetricSnapshots(all);
    }

    private static CounterSnapshot add(Exemplar exemplar, CounterSnapshot family) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        for (CounterDataPointSnapshot point : family.getDataPoints()) {
            points.add(new CounterDataPointSnapshot(point.getValue(), point.getLabels(), exemplar, 0));
        }
        return new CounterSnapshot(family.getMetadata(), points);
    }
}
