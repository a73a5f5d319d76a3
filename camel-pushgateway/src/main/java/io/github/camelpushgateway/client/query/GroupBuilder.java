package io.github.camelpushgateway.client.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A builder of a group from the fields in a response: its metrics by name, and {@code labels} and {@code
 * last_push_successful}, which a metric may also have as its name.
 */
final class GroupBuilder {

    private static final String LABELS = "labels";
    private static final String PUSHED = "push_time_seconds";
    private static final String FAILED = "push_failure_time_seconds";

    private final SharedTexts texts;
    private final List<ParsedMetric> metrics = new ArrayList<>();

    @Nullable
    private SortedMap<String, String> labels;

    GroupBuilder(SharedTexts texts) {
        this.texts = texts;
    }

    /** A metric whose labels still include those of the group. */
    private record ParsedMetric(String name, Map<String, String> texts, List<GroupSample> samples) {

        String text(String field) {
            return texts.getOrDefault(field, "");
        }

        @Nullable
        Double time() {
            double value = samples.isEmpty() ? 0 : samples.get(0).value();
            // zero means never
            return value == 0 ? null : Double.valueOf(value);
        }
    }

    /** Reads a field of the group. */
    void field(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            // last_push_successful: the times contain the same information
            parser.skipChildren();
            return;
        }
        String shared = texts.of(name);
        Map<String, String> fields = new HashMap<>();
        List<GroupSample> samples = new ArrayList<>();
        boolean[] isMetric = {false};
        ApiResponse.fields(parser, (field, value) -> {
            if (value.currentToken() == JsonToken.START_ARRAY) {
                isMetric[0] = true;
                ApiResponse.elements(value, each -> samples.addAll(SampleReader.read(shared, each, texts)));
            } else {
                fields.put(texts.of(field), texts.of(ApiResponse.text(value)));
            }
        });
        if (isMetric[0]) {
            metrics.add(new ParsedMetric(shared, fields, samples));
        } else {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /** Returns whether a metric named {@code labels} hides the labels of the group. */
    boolean hasHiddenKey() {
        return labels == null
                && metrics.stream().anyMatch(metric -> metric.name().equals(LABELS));
    }

    /**
     * Returns labels of a sample, for a message that identifies the group. It is unknown whether an empty label belongs
     * to the group.
     */
    Map<String, String> labelsOfSamples() {
        return metrics.stream()
                .flatMap(metric -> metric.samples().stream())
                .findFirst()
                .map(GroupSample::labels)
                .orElse(Map.of());
    }

    /**
     * Returns the group.
     *
     * @throws MalformedResponseException if the group has no job
     */
    GatewayGroup build(String gateway, double now) throws MalformedResponseException {
        SortedMap<String, String> key = labels;
        if (key == null || key.getOrDefault(GatewayGroup.JOB, "").isEmpty()) {
            throw ApiResponse.malformed(null);
        }
        Double pushed = null;
        Double failed = null;
        List<GroupMetric> own = new ArrayList<>();
        for (ParsedMetric metric : metrics) {
            switch (metric.name()) {
                case PUSHED -> pushed = metric.time();
                case FAILED -> failed = metric.time();
                default -> own.add(metric(metric, key));
            }
        }
        Double since = pushed == null ? failed : pushed;
        return new GatewayGroup(
                gateway,
                key,
                own,
                pushed,
                failed,
                since == null ? 0 : Math.max(0, Math.round((now - since) * 1_000) / 1e3));
    }

    private GroupMetric metric(ParsedMetric read, SortedMap<String, String> key) {
        return new GroupMetric(
                read.name(),
                texts.of(read.text("type").toLowerCase(Locale.ROOT)),
                read.text("help"),
                read.samples().stream()
                        .map(sample -> new GroupSample(sample.name(), own(sample.labels(), key), sample.value()))
                        .toList());
    }

    /**
     * Returns the labels without those that the gateway adds: the labels of the group, and an empty {@code instance} if
     * the group has none.
     */
    private static Map<String, String> own(Map<String, String> labels, SortedMap<String, String> key) {
        SortedMap<String, String> own = new TreeMap<>(labels);
        own.keySet().removeAll(key.keySet());
        own.values().removeIf(String::isEmpty);
        return switch (own.size()) {
            // small maps, since there may be hundreds of thousands
            case 0 -> Map.of();
            case 1 -> Map.of(own.firstKey(), own.get(own.firstKey()));
            default -> Collections.unmodifiableSortedMap(own);
        };
    }
}
