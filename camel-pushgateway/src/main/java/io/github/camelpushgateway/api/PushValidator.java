package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.ClassicNames;
import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.MergedFamilies;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Refuses what a gateway would refuse, silently alter, or be poisoned by. A pure function of operation, key and metrics.
 *
 * <p>The rules come from the Pushgateway's README ("About timestamps", "About metric inconsistencies", "API") and from
 * what gateways were seen to do with requests that break them.
 */
final class PushValidator {

    /** The gateway's own; see the README, "About timestamps": what is pushed under these names is overwritten or misread. */
    private static final Set<String> OWN_METRICS = Set.of("push_time_seconds", "push_failure_time_seconds");

    /** In the answer of GET /api/v1/metrics, the metrics of a group and its {@code labels} are fields of one object. */
    private static final String HIDES_ITS_GROUP = "labels";

    private final SortedMap<String, String> keyLabels;
    private final ExposedNames names = new ExposedNames();
    private final SeriesIndex series = new SeriesIndex();

    private PushValidator(SortedMap<String, String> keyLabels) {
        this.keyLabels = keyLabels;
    }

    /**
     * Returns the metrics as they can be sent: families of one name have become one, since of two a gateway may keep the
     * last only.
     *
     * @throws IllegalArgumentException with one sentence if they cannot be sent to that group
     */
    static MetricSnapshots check(PushOperation operation, GroupingKey key, MetricSnapshots snapshots) {
        if (operation == PushOperation.DELETE) {
            if (snapshots.size() > 0) {
                throw new IllegalArgumentException(
                        "a delete carries no metrics; use push to replace a group by others");
            }
            return snapshots;
        }
        for (Map.Entry<String, String> label : key.labels().entrySet()) {
            checkKeyLabel(label.getKey(), label.getValue());
        }
        var check = new PushValidator(key.labels());
        for (MetricSnapshot family : snapshots) {
            check.checkFamily(family);
        }
        return check.series.haveOneFamilyEach() ? snapshots : MergedFamilies.of(snapshots);
    }

    /** To Prometheus an empty label is none, so such a group hides behind, and breaks the scrape of, the one without it. */
    private static void checkKeyLabel(String name, String value) {
        LabelRules.checkName(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the grouping label '" + name
                    + "' is empty, which Prometheus takes for no label; leave it out, or give it a value");
        }
    }

    private void checkFamily(MetricSnapshot family) {
        List<String> shownNames = names.add(family);
        for (String shown : shownNames) {
            if (!ClassicNames.isMetricName(shown)) {
                throw new IllegalArgumentException(
                        Excerpt.message(
                                "'" + shown
                                        + "' is not a metric name; use letters, digits, underscores and colons, and do not start with a digit"));
            }
            if (shown.equals(HIDES_ITS_GROUP)) {
                throw new IllegalArgumentException(
                        "the metric 'labels' would hide, in what a gateway tells in JSON, which"
                                + " group it belongs to, and so keep it from being listed and swept; choose another name");
            }
            if (OWN_METRICS.contains(shown)) {
                throw new IllegalArgumentException(
                        Excerpt.message("the gateway sets the metric '" + shown + "' itself; choose another name"));
            }
        }
        String name = family.getMetadata().getName();
        series.add(shownNames.get(0), family);
        String help = family.getMetadata().getHelp();
        if (help != null) {
            LabelRules.checkText(() -> "the help of the metric '" + name + "'", help);
        }
        checkOwnLabels(name, family);
        for (DataPointSnapshot point : family.getDataPoints()) {
            if (point.hasScrapeTimestamp()) {
                throw new IllegalArgumentException(Excerpt.message("the metric '" + name
                        + "' has a timestamp, which a Pushgateway never takes; send it without one"));
            }
            checkLabels(name, point.getLabels());
        }
    }

    /** Labels that a type brings by itself: the grouping key must not set them, or a series would have one name twice. */
    private void checkOwnLabels(String name, MetricSnapshot family) {
        if (family instanceof HistogramSnapshot histogram) {
            if (histogram.isGaugeHistogram()) {
                throw new IllegalArgumentException(
                        Excerpt.message(
                                "the metric '" + name
                                        + "' is a gauge histogram, which old gateways cut their answer off at; send a histogram or gauges"));
            }
            checkNotInKey(name, "le");
            histogram.getDataPoints().forEach(point -> checkCounts(name, point.getClassicBuckets()));
        } else if (family instanceof SummarySnapshot summary) {
            checkNotInKey(name, "quantile");
            summary.getDataPoints().forEach(point -> checkQuantiles(name, point.getQuantiles()));
        } else if (family instanceof StateSetSnapshot states) {
            LabelRules.checkName(name); // the states' label has the metric's name
            checkNotInKey(name, name);
            states.getDataPoints()
                    .forEach(point -> point.stream()
                            .forEach(state -> LabelRules.checkText(
                                    () -> "a state of the metric '" + name + "'", state.getName())));
        }
    }

    private static void checkQuantiles(String metric, Quantiles quantiles) {
        for (Quantile quantile : quantiles) {
            if (Double.isNaN(quantile.getQuantile())) {
                throw new IllegalArgumentException(Excerpt.message("the summary '" + metric
                        + "' has a quantile NaN, which a gateway drops or shows twice; send it without this quantile"));
            }
        }
    }

    private static void checkCounts(String metric, ClassicHistogramBuckets buckets) {
        long all = 0;
        for (int i = 0; i < buckets.size(); i++) {
            all += buckets.getCount(i);
            if (all < 0) {
                throw new IllegalArgumentException(Excerpt.message("the buckets of the histogram '" + metric
                        + "' hold more observations than can be counted, which is 2^63; send it without some of them"));
            }
        }
    }

    private void checkLabels(String metric, Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.getName(i);
            LabelRules.checkName(name);
            checkNotInKey(metric, name);
            LabelRules.checkText(() -> "the label '" + name + "' of the metric '" + metric + "'", labels.getValue(i));
        }
    }

    private void checkNotInKey(String metric, String label) {
        if (label.equals("job") || keyLabels.containsKey(label)) {
            throw new IllegalArgumentException(Excerpt.message("the metric '" + metric + "' has the label '" + label
                    + "', which the grouping key sets as well and would overwrite; rename one of them"));
        }
    }
}
