package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.security.SecureRandom;
import java.util.List;

/**
 * The group that is pushed, read and deleted. No other group has its job.
 *
 * @param key the key of the group
 * @param value the value of its metric
 */
record ProbeGroup(GroupingKey key, double value) {

    /** The beginning of the job, and the name of the metric. */
    static final String NAME = "camel_pushgateway_doctor";

    /** Returns a new group. */
    static ProbeGroup create() {
        SecureRandom random = new SecureRandom();
        return new ProbeGroup(
                GroupingKey.of(NAME + '_' + String.format("%016x", random.nextLong())), random.nextInt(1_000_000));
    }

    /** Returns the request that creates the group. */
    PushRequest push() {
        GaugeSnapshot gauge = new GaugeSnapshot(
                new MetricMetadata(NAME, "Sent by the doctor of camel-pushgateway, and deleted again."),
                List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
        return new PushRequest(PushOperation.PUSH, key, MetricSnapshots.of(gauge));
    }

    /** Returns the request that deletes the group. */
    PushRequest delete() {
        return PushRequest.delete(key);
    }

    /** Returns whether a group of the gateway is this group. */
    boolean is(GatewayGroup group) {
        return group.labels().size() == 1 && group.job().equals(key.job());
    }

    /** Returns whether a group has the pushed value. */
    boolean isStored(GatewayGroup group) {
        return group.metrics().stream()
                .flatMap(metric -> metric.samples().stream())
                .filter(sample -> sample.name().equals(NAME))
                .mapToDouble(GroupSample::value)
                .anyMatch(stored -> stored == value);
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
