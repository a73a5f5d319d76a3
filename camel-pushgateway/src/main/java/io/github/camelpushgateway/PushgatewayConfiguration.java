package io.github.camelpushgateway;

import io.github.camelpushgateway.api.StaleAfter;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.StaleAfterText;
import io.github.camelpushgateway.report.ReportMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint that define what it sends. {@link GatewayConfiguration} holds the options of the gateway. */
@UriParams
public class PushgatewayConfiguration {

    @UriParam(
            label = "producer",
            enums = "push,pushadd,accumulate,delete,report,groups,sweep,wipe,status",
            defaultValue = "pushadd",
            description =
                    "The operation on the gateway. push replaces the group. pushadd replaces the metrics of the group"
                            + " that have the same names. accumulate adds counters, classic histograms and summaries to those of"
                            + " the group, and replaces other metrics. Only one JVM at a time may accumulate to a group. delete"
                            + " deletes the group. report pushes the outcome of the exchange as one run of the job: its end time,"
                            + " whether it succeeded and its duration. A failed report never fails the exchange. groups lists the"
                            + " groups selected by job, groupingKey and staleAfter. sweep deletes the selected groups. wipe"
                            + " deletes all groups of all jobs. status returns the state of the gateway. The result of groups,"
                            + " sweep and status becomes the body. A failure of groups, sweep, wipe or status fails the exchange,"
                            + " regardless of onPushFailure.")
    private PushgatewayOperation operation = PushgatewayOperation.PUSHADD;

    @UriParam(
            label = "common",
            prefix = "groupingKey.",
            multiValue = true,
            description = "The labels of the group in addition to job, as k=v,k=v or as the #bean of a Map."
                    + " groupingKey.label=value sets one label. Its value may contain any characters, and overrides the"
                    + " same label in groupingKey. Values may contain Simple expressions, except for a consumer. For"
                    + " operation=groups, operation=sweep and a consumer, each value is a glob for a label that the group"
                    + " must have: an asterisk matches any number of characters, a question mark matches one character,"
                    + " and a backslash escapes both.")
    private Map<String, Object> groupingKey = Map.of();

    /** The labels of the grouping key whose values come from a bean. Expressions in these values are not evaluated. */
    private Set<String> dataLabels = Set.of();

    /** The canonical names of the options that the endpoint sets. */
    private Set<String> optionNames = Set.of();

    @UriParam(
            label = "common",
            description =
                    "Whether to add the label instance to the grouping key. Its value is the IP address from which"
                            + " this machine reaches the gateway. With several gateways, the first one counts. Groups of"
                            + " machines that no longer exist remain on the gateway until they are deleted.")
    private boolean instanceIp;

    @UriParam(
            label = "producer",
            description =
                    "The name of the metric, for a push of a single value. The suffix _total is added to the name of a"
                            + " counter if it is missing. The name may contain Simple expressions.")
    @Nullable
    private String metricName;

    @UriParam(
            label = "producer",
            description =
                    "The value of the metric that metricName defines. The default is the body. The text 'now' stands for the"
                            + " time at which the exchange reached the endpoint, as Unix time in seconds. The value may be a"
                            + " Simple expression.")
    @Nullable
    private String metricValue;

    @UriParam(
            label = "producer",
            enums = "gauge,counter,untyped",
            defaultValue = "gauge",
            description = "The type of the metric that metricName defines.")
    private MetricType metricType = MetricType.GAUGE;

    @UriParam(
            label = "producer",
            description = "The help text of the metric that metricName defines. It may contain Simple expressions.")
    @Nullable
    private String metricHelp;

    @UriParam(
            label = "producer",
            prefix = "labels.",
            multiValue = true,
            description =
                    "The labels of the samples that the component builds from options, headers, numbers and maps, as"
                            + " labels.name=value. Metrics of a registry, of a type of client_java or in the text format keep"
                            + " their own labels only. Values may contain Simple expressions.")
    private Map<String, Object> labels = Map.of();

    @UriParam(
            label = "producer",
            description =
                    "The headers that are also sent as gauges if their values are numeric, as comma-separated patterns"
                            + " of their names. A pattern is a name, a prefix with a trailing asterisk, or a regular expression."
                            + " Camel's own headers match only patterns that start with Camel. Without metricName, a body that is"
                            + " a map, a list of maps or metrics is sent as well. A body that is a text or a single value is then"
                            + " ignored.")
    @Nullable
    private String gaugeHeaders;

    @UriParam(
            label = "producer",
            description =
                    "The registry to send, as #bean. All its metrics are sent with their current values, except those"
                            + " that metricFilter excludes. The registry is a PrometheusRegistry of client_java, a"
                            + " PrometheusMeterRegistry of Micrometer, or any other object with a type converter to"
                            + " MetricSnapshots. The body is then not read for metrics, but it may still be the value of"
                            + " metricName. With operation=report, the metrics are sent with the report.")
    @Nullable
    private Object registry;

    @UriParam(
            label = "producer",
            description =
                    "The metrics to send, as comma-separated globs of their names. An asterisk matches any number of"
                            + " characters, and a question mark matches one character. A leading exclamation mark excludes the"
                            + " matching names. If there are only exclusions, all other metrics are sent. The filter applies to"
                            + " metrics of a registry and to bodies that contain metrics or the text format. It does not apply"
                            + " to metrics that are named in options, headers and maps.")
    @Nullable
    private String metricFilter;

    @UriParam(
            label = "producer",
            description =
                    "Whether to send a push without metrics, which is otherwise rejected. With operation=push, such a"
                            + " push clears the group.")
    private boolean allowEmpty;

    @UriParam(
            label = "producer",
            description =
                    "For reports: the number of records that the run processed, usually a Simple expression such as"
                            + " ${exchangeProperty.rows}.")
    @Nullable
    private String records;

    @UriParam(
            label = "producer",
            description = "For reports: the number of these records that failed, usually a Simple expression.")
    @Nullable
    private String recordsFailed;

    @UriParam(
            label = "common",
            defaultValue = "job",
            description = "For reports: the prefix of the metric names, without the underscore that follows it. For"
                    + " operation=groups, operation=sweep and a consumer with staleAfter=2x: the prefix of the metric"
                    + " that contains the interval.")
    private String reportPrefix = "job";

    @UriParam(
            label = "producer",
            description =
                    "For reports of PushgatewayRoutePolicy or PushgatewayRoutePolicyFactory: whether to also report the"
                            + " start of each run. The start is sent when the run has lasted for a second. It never delays the"
                            + " run or its report.")
    private boolean reportStart;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            description =
                    "For reports: the time from one run of the job to the next, such as 24h. Each report contains it in"
                            + " seconds, so that one alerting rule detects all late jobs.")
    @Nullable
    private Duration reportInterval;

    @UriParam(
            label = "producer",
            description = "For reports: whether to also report counters of runs, failures and, if known, records. The"
                    + " counters continue over restarts and JVMs: the component reads the counters of the group and adds"
                    + " to them, as with operation=accumulate. Only one JVM at a time may report to a group.")
    private boolean reportCounters;

    @UriParam(
            label = "common",
            description =
                    "For operation=groups, operation=sweep and a consumer: the minimum time since the last push to a"
                            + " group, such as 24h. If no push to the group has ever succeeded, the last push that the gateway"
                            + " refused counts. 2x means twice the interval that a report with reportInterval"
                            + " has written to the group. Groups without an interval are then not selected.")
    @Nullable
    private String staleAfter;

    @UriParam(
            label = "producer",
            description =
                    "For operation=sweep: whether to only list the groups that would be deleted. The list becomes the"
                            + " body.")
    private boolean dryRun;

    @UriParam(
            label = "producer",
            description =
                    "For operation=sweep: whether to allow the deletion of all groups of all jobs. This is required if"
                            + " neither job, groupingKey, instanceIp nor staleAfter restricts the selection. A dry run does"
                            + " not require it.")
    private boolean sweepAll;

    @UriParam(
            label = "consumer",
            description = "Whether to emit a group only once when it becomes stale, and not in each poll. This requires"
                    + " staleAfter, which defines when a group is stale. The group is emitted again after a new push,"
                    + " when it has become stale again. If its exchange fails, it is emitted again in the next poll.")
    private boolean newlyStaleOnly;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description = "The maximum number of groups that a poll emits, oldest first. 0 means no limit.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "advanced",
            defaultValue = "true",
            description =
                    "Whether to evaluate Simple expressions in options. Set to false if the endpoint URI is built"
                            + " from message content, for example with recipientList. In most forms of toD, this is not necessary, because the component checks the URI.")
    private boolean expressions = true;

    @UriParam(
            label = "advanced",
            description = "Whether the thread of the exchange waits for the response of the gateway.")
    private boolean synchronous;

    public PushgatewayOperation getOperation() {
        return operation;
    }

    public void setOperation(PushgatewayOperation operation) {
        this.operation = operation;
    }

    public Map<String, Object> getGroupingKey() {
        return groupingKey;
    }

    public void setGroupingKey(Map<String, Object> groupingKey) {
        this.groupingKey = groupingKey;
    }

    Set<String> getDataLabels() {
        return dataLabels;
    }

    void setDataLabels(Set<String> dataLabels) {
        this.dataLabels = dataLabels;
    }

    Set<String> getOptionNames() {
        return optionNames;
    }

    void setOptionNames(Set<String> optionNames) {
        this.optionNames = optionNames;
    }

    public boolean isInstanceIp() {
        return instanceIp;
    }

    public void setInstanceIp(boolean instanceIp) {
        this.instanceIp = instanceIp;
    }

    public @Nullable String getMetricName() {
        return metricName;
    }

    public void setMetricName(@Nullable String metricName) {
        this.metricName = metricName;
    }

    public @Nullable String getMetricValue() {
        return metricValue;
    }

    public void setMetricValue(@Nullable String metricValue) {
        this.metricValue = metricValue;
    }

    public MetricType getMetricType() {
        return metricType;
    }

    public void setMetricType(MetricType metricType) {
        this.metricType = metricType;
    }

    public @Nullable String getMetricHelp() {
        return metricHelp;
    }

    public void setMetricHelp(@Nullable String metricHelp) {
        this.metricHelp = metricHelp;
    }

    public Map<String, Object> getLabels() {
        return labels;
    }

    public void setLabels(Map<String, Object> labels) {
        this.labels = labels;
    }

    public @Nullable String getGaugeHeaders() {
        return gaugeHeaders;
    }

    public void setGaugeHeaders(@Nullable String gaugeHeaders) {
        this.gaugeHeaders = gaugeHeaders;
    }

    public @Nullable Object getRegistry() {
        return registry;
    }

    public void setRegistry(@Nullable Object registry) {
        this.registry = registry;
    }

    public @Nullable String getMetricFilter() {
        return metricFilter;
    }

    public void setMetricFilter(@Nullable String metricFilter) {
        this.metricFilter = metricFilter;
    }

    public boolean isAllowEmpty() {
        return allowEmpty;
    }

    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    public @Nullable String getRecords() {
        return records;
    }

    public void setRecords(@Nullable String records) {
        this.records = records;
    }

    public @Nullable String getRecordsFailed() {
        return recordsFailed;
    }

    public void setRecordsFailed(@Nullable String recordsFailed) {
        this.recordsFailed = recordsFailed;
    }

    public String getReportPrefix() {
        return reportPrefix;
    }

    public void setReportPrefix(String reportPrefix) {
        this.reportPrefix = reportPrefix;
    }

    public boolean isReportStart() {
        return reportStart;
    }

    public void setReportStart(boolean reportStart) {
        this.reportStart = reportStart;
    }

    public boolean isReportCounters() {
        return reportCounters;
    }

    public void setReportCounters(boolean reportCounters) {
        this.reportCounters = reportCounters;
    }

    public @Nullable Duration getReportInterval() {
        return reportInterval;
    }

    public void setReportInterval(@Nullable Duration reportInterval) {
        this.reportInterval = reportInterval;
    }

    public @Nullable String getStaleAfter() {
        return staleAfter;
    }

    public void setStaleAfter(@Nullable String staleAfter) {
        this.staleAfter = staleAfter;
    }

    /**
     * Returns the age from which a group is stale, or null. A number of intervals refers to the gauge with the prefix of
     * reports.
     */
    @Nullable
    StaleAfter minimumAge() {
        return minimumAge(null);
    }

    /**
     * Returns the minimum age of selected groups, or null.
     *
     * @param escaping the escaping of the name of the interval, or null
     */
    @Nullable
    StaleAfter minimumAge(@Nullable Escaping escaping) {
        StaleAfter parsed = staleAfter == null ? null : StaleAfterText.parse("staleAfter", staleAfter);
        if (parsed instanceof StaleAfter.Intervals intervals) {
            String name = ReportMetrics.intervalName(reportPrefix);
            return intervals.of(escaping == null ? name : new PushNames(escaping).stored(name));
        }
        return parsed;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isSweepAll() {
        return sweepAll;
    }

    public void setSweepAll(boolean sweepAll) {
        this.sweepAll = sweepAll;
    }

    public boolean isNewlyStaleOnly() {
        return newlyStaleOnly;
    }

    public void setNewlyStaleOnly(boolean newlyStaleOnly) {
        this.newlyStaleOnly = newlyStaleOnly;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public boolean isExpressions() {
        return expressions;
    }

    public void setExpressions(boolean expressions) {
        this.expressions = expressions;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
