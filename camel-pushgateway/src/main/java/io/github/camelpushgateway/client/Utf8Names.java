package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.NameCodec;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of a client that sends UTF-8 names. In requests, they are in the scheme {@code values}. */
final class Utf8Names {

    private Utf8Names() {}

    /** Returns whether the grouping key has a name that is not classic. */
    static boolean areIn(GroupingKey key) {
        return key.labels().keySet().stream().anyMatch(NameCodec::isEscaped);
    }

    /** Returns whether the body of a request has a name that is not classic. */
    static boolean areInBody(PushRequest request) {
        return areIn(request.snapshots()) || areIn(request.increments());
    }

    private static boolean areIn(MetricSnapshots metrics) {
        for (MetricSnapshot family : metrics) {
            if (NameCodec.isEscaped(ExposedNames.nameOf(family))) {
                return true;
            }
            for (DataPointSnapshot point : family.getDataPoints()) {
                if (areIn(point.getLabels())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean areIn(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (NameCodec.isEscaped(labels.getName(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns a group of the gateway with the names of its metrics as in requests. */
    static GatewayGroup asInRequests(GatewayGroup group) {
        List<GroupMetric> metrics = new ArrayList<>(group.metrics().size());
        for (GroupMetric metric : group.metrics()) {
            metrics.add(escaped(metric));
        }
        return new GatewayGroup(
                group.gateway(), group.labels(), metrics, group.lastPush(), group.lastFailure(), group.age());
    }

    private static GroupMetric escaped(GroupMetric metric) {
        String name = NameCodec.values(metric.name(), true);
        List<GroupSample> samples = new ArrayList<>(metric.samples().size());
        for (GroupSample sample : metric.samples()) {
            Map<String, String> labels = new LinkedHashMap<>();
            sample.labels().forEach((label, value) -> labels.put(NameCodec.values(label, false), value));
            String suffix = sample.name().substring(metric.name().length());
            samples.add(new GroupSample(name + suffix, labels, sample.value()));
        }
        return new GroupMetric(name, metric.type(), metric.help(), samples);
    }
}
