package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.ClassicNames;
import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.MergedFamilies;
import io.github.camelpushgateway.metrics.NameCodec;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The validation of pushes. It rejects metrics that a gateway would refuse, silently alter, or be harmed by. It depends
 * only on the operation, the key and the metrics.
 *
 * <p>The rules come from the Pushgateway's README ("About timestamps", "About metric inconsistencies", "API") and from
 * the observed behaviour of gateways with invalid requests.
 */
final class PushValidator {

    /**
     * The metrics that the gateway sets (README, "About timestamps"). It overwrites or misinterprets pushed metrics of
     * these names.
     */
    private static final Set<String> RESERVED_METRICS = Set.of("push_time_seconds", "push_failure_time_seconds");

    /**
     * The name that hides the labels of a group: in the response to GET /api/v1/metrics, the metrics and {@code labels}
     * are fields of one object.
     */
    private static final String LABELS_FIELD = "labels";

    private final SortedMap<String, String> keyLabels;
    private final ExposedNames names;
    private final SeriesIndex series = new SeriesIndex();

    /** The labels of the previous series, which are valid. Most series have labels of the same names. */
    private Labels previous = Labels.EMPTY;

    private PushValidator(SortedMap<String, String> keyLabels, ExposedNames names) {
        this.keyLabels = keyLabels;
        this.names = names;
    }

    /**
     * Validates the metrics. Returns them with metrics of the same name merged, because a gateway may keep only the
     * last one.
     *
     * @throws IllegalArgumentException with one sentence if they cannot be sent to that group
     */
    static MetricSnapshots validate(PushOperation operation, GroupingKey key, MetricSnapshots snapshots) {
        if (operation == PushOperation.DELETE) {
            if (snapshots.size() > 0) {
                throw new IllegalArgumentException(
                        "a delete cannot contain metrics; use push to replace the metrics of a group");
            }
            return snapshots;
        }
        validateKey(key);
        var validator = new PushValidator(key.labels(), new ExposedNames(snapshots));
        for (MetricSnapshot family : snapshots) {
            validator.validateFamily(family);
        }
        return validator.series.haveUniqueNames() ? snapshots : MergedFamilies.of(snapshots);
    }

    /**
     * Validates metrics that are sent together with increments. They are not one set of metrics: the model of
     * client_java does not allow the gauge {@code rows} and the counter {@code rows_total} in one set.
     *
     * @throws IllegalArgumentException with one sentence if they cannot be sent to that group
     */
    static void validateIncrements(
            PushOperation operation, GroupingKey key, MetricSnapshots snapshots, MetricSnapshots increments) {
        if (operation != PushOperation.ACCUMULATE && operation != PushOperation.REPORT) {
            throw new IllegalArgumentException(
                    "a " + operation + " cannot add to the metrics of a group; use accumulate to add to them");
        }
        validateKey(key);
        var validator = new PushValidator(key.labels(), new ExposedNames(snapshots.size() + increments.size()));
        Set<String> replaced = new HashSet<>();
        for (MetricSnapshot family : snapshots) {
            validator.validateFamily(family);
            replaced.add(ExposedNames.nameOf(family));
        }
        for (MetricSnapshot family : increments) {
            String name = ExposedNames.nameOf(family);
            if (replaced.contains(name)) {
                throw new IllegalArgumentException(Excerpt.message("the metric '" + name
                        + "' is both added to the group and replaced in it;"
                        + " rename one of them"));
            }
            validator.validateFamily(family);
        }
    }

    private static void validateKey(GroupingKey key) {
        for (Map.Entry<String, String> label : key.labels().entrySet()) {
            validateKeyLabel(label.getKey(), label.getValue());
        }
    }

    /**
     * Rejects an empty label. Prometheus ignores it, so such a group collides with the group without the label, and
     * breaks its scrape.
     */
    private static void validateKeyLabel(String name, String value) {
        LabelRules.validateRequestName(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the grouping label '" + name
                    + "' is empty, which Prometheus treats as a missing label; remove it, or set a value");
        }
    }

    private void validateFamily(MetricSnapshot family) {
        String exposedName = ExposedNames.nameOf(family);
        MetricSnapshot first = names.add(exposedName, family);
        validateName(exposedName);
        String name = family.getMetadata().getName();
        String help = family.getMetadata().getHelp();
        if (help != null) {
            LabelRules.validateText(() -> "the help of the metric '" + name + "'", help);
        }
        validateTypeLabels(name, family);
        List<? extends DataPointSnapshot> points = family.getDataPoints();
        boolean hasEmptyLabel = false;
        for (int i = 0; i < points.size(); i++) {
            DataPointSnapshot point = points.get(i);
            if (point.hasScrapeTimestamp()) {
                throw new IllegalArgumentException(Excerpt.message("the metric '" + name
                        + "' has a timestamp, which a Pushgateway does not accept; send it without a timestamp"));
            }
            hasEmptyLabel |= validateLabels(name, point.getLabels());
        }
        series.add(exposedName, family, first, hasEmptyLabel);
    }

    /** Validates the name of a family. The names of its parts, such as {@code rows_sum}, are valid then as well. */
    private static void validateName(String exposedName) {
        if (!ClassicNames.isMetricName(exposedName)) {
            throw new IllegalArgumentException(Excerpt.message("'" + exposedName
                    + "' is not a metric name; use letters, digits, underscores and colons, and do not start with a digit,"
                    + " or set the option escaping"));
        }
        if (exposedName.equals(LABELS_FIELD)) {
            throw new IllegalArgumentException(
                    "the metric 'labels' would hide the labels of its group in the JSON API of the gateway, so"
                            + " that the group could not be listed or swept; choose another name");
        }
        if (RESERVED_METRICS.contains(exposedName)
                || (exposedName.startsWith(NameCodec.PREFIX)
                        && RESERVED_METRICS.contains(NameCodec.withUnderscores(exposedName)))) {
            throw new IllegalArgumentException(
                    Excerpt.message("the gateway sets the metric '" + exposedName + "' itself; choose another name"));
        }
    }

    /**
     * Validates that the grouping key does not set a label that the metric type adds, which would be a duplicate label.
     */
    private void validateTypeLabels(String name, MetricSnapshot family) {
        if (family instanceof HistogramSnapshot histogram) {
            if (histogram.isGaugeHistogram()) {
                throw new IllegalArgumentException(Excerpt.message("the metric '" + name
                        + "' is a gauge histogram, which makes old gateways truncate their"
                        + " responses; send a histogram or gauges"));
            }
            validateNotInKey(name, "le");
            histogram.getDataPoints().forEach(point -> validateCounts(name, point.getClassicBuckets()));
        } else if (family instanceof SummarySnapshot summary) {
            validateNotInKey(name, "quantile");
            summary.getDataPoints().forEach(point -> validateQuantiles(name, point.getQuantiles()));
        } else if (family instanceof StateSetSnapshot states) {
            // the label of the states has the name of the metric
            LabelRules.validateRequestName(name);
            validateNotInKey(name, name);
            states.getDataPoints()
                    .forEach(point -> point.stream()
                            .forEach(state -> LabelRules.validateText(
                                    () -> "a state of the metric '" + name + "'", state.getName())));
        }
    }

    private static void validateQuantiles(String metric, Quantiles quantiles) {
        for (Quantile quantile : quantiles) {
            if (Double.isNaN(quantile.getQuantile())) {
                throw new IllegalArgumentException(Excerpt.message("the summary '" + metric
                        + "' has a quantile NaN, which a gateway drops or exposes twice; send it without this"
                        + " quantile"));
            }
        }
    }

    private static void validateCounts(String metric, ClassicHistogramBuckets buckets) {
        long total = 0;
        for (int i = 0; i < buckets.size(); i++) {
            total += buckets.getCount(i);
            if (total < 0) {
                throw new IllegalArgumentException(Excerpt.message("the buckets of the histogram '" + metric
                        + "' contain 2^63 or more observations, which is beyond the range of a count; send fewer"
                        + " observations"));
            }
        }
    }

    /** Validates the labels of a series. Returns whether one of them is empty. */
    private boolean validateLabels(String metric, Labels labels) {
        boolean hasEmptyLabel = false;
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.getName(i);
            if (i >= previous.size() || !name.equals(previous.getName(i))) {
                LabelRules.validateRequestName(name);
                validateNotInKey(metric, name);
            }
            String value = labels.getValue(i);
            LabelRules.validateText(() -> "the label '" + name + "' of the metric '" + metric + "'", value);
            hasEmptyLabel |= value.isEmpty();
        }
        previous = labels;
        return hasEmptyLabel;
    }

    private void validateNotInKey(String metric, String label) {
        if (label.equals("job") || keyLabels.containsKey(label)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + metric + "' has the label '" + label
                    + "', which the grouping key sets as well and would overwrite; rename one of them"));
        }
    }
}
