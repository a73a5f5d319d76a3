package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.Increments;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model of what a Pushgateway accepts and stores. A push must be consistent with the metrics of all groups. One name
 * has one type, a series exists once, and no metric has a name that a histogram or a summary produces.
 */
public final class ModelGateway {

    private Map<GroupingKey, Map<String, MetricSnapshot>> groups = new HashMap<>();

    /** Executes the request, unless the stored metrics would then be inconsistent. */
    public boolean accepts(PushRequest request) {
        Map<GroupingKey, Map<String, MetricSnapshot>> next = new HashMap<>(groups);
        Map<String, MetricSnapshot> group = new TreeMap<>();
        switch (request.operation()) {
            case DELETE -> next.remove(request.groupingKey());
            case PUSH -> next.put(request.groupingKey(), group);
            case PUSHADD, REPORT, ACCUMULATE -> {
                group.putAll(groups.getOrDefault(request.groupingKey(), Map.of()));
                next.put(request.groupingKey(), group);
            }
        }
        request.snapshots().forEach(family -> group.put(ExposedNames.nameOf(family), family));
        for (MetricSnapshot increment : request.increments()) {
            MetricSnapshot held = group.get(ExposedNames.nameOf(increment));
            try {
                group.put(ExposedNames.nameOf(increment), held == null ? increment : Increments.sum(held, increment));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        if (!isConsistent(next)) {
            return false;
        }
        groups = next;
        return true;
    }

    /** Returns the metrics of the group by name. */
    public Map<String, MetricSnapshot> stored(GroupingKey group) {
        return groups.getOrDefault(group, Map.of());
    }

    private static boolean isConsistent(Map<GroupingKey, Map<String, MetricSnapshot>> groups) {
        Map<String, String> types = new HashMap<>();
        Set<String> produced = new HashSet<>();
        Map<String, Set<Map<String, String>>> series = new HashMap<>();
        for (Map.Entry<GroupingKey, Map<String, MetricSnapshot>> group : groups.entrySet()) {
            for (Map.Entry<String, MetricSnapshot> each : group.getValue().entrySet()) {
                String name = each.getKey();
                String type = ExposedNames.typeOf(each.getValue());
                if (!type.equals(types.getOrDefault(name, type))) {
                    return false;
                }
                types.put(name, type);
                suffixes(each.getValue()).forEach(suffix -> produced.add(name + suffix));
                for (var point : each.getValue().getDataPoints()) {
                    Map<String, String> labels = new TreeMap<>();
                    point.getLabels().forEach(label -> labels.put(label.getName(), label.getValue()));
                    labels.putAll(group.getKey().labels());
                    labels.put("job", group.getKey().job());
                    if (!series.computeIfAbsent(name, key -> new HashSet<>()).add(labels)) {
                        return false;
                    }
                }
            }
        }
        return produced.stream().noneMatch(types::containsKey);
    }

    private static List<String> suffixes(MetricSnapshot family) {
        List<String> suffixes = new ArrayList<>();
        if (family instanceof HistogramSnapshot || family instanceof SummarySnapshot) {
            suffixes.addAll(List.of("_count", "_sum"));
        }
        if (family instanceof HistogramSnapshot) {
            suffixes.add("_bucket");
        }
        return suffixes;
    }
}
