package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.MetricType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options that say what an endpoint sends, as Camel sets them; {@link GatewayConfiguration} says to whom. */
@UriParams
public class PushgatewayConfiguration {

    @UriParam(
            label = "producer",
            enums = "push,pushadd,delete,report,groups,sweep,wipe,status",
            defaultValue = "pushadd",
            description =
                    "What to do to the group: push replaces it, pushadd replaces its metrics of the same names, delete"
                            + " deletes it, report adds how the run that the exchange is went: when it ended, whether it"
                            + " succeeded, how long it took. A report that fails never fails the exchange. Or what to do with"
                            + " all that the gateway holds: groups lists the groups that job, groupingKey and staleAfter"
                            + " select, sweep deletes them, wipe deletes all groups of all jobs, status tells of the gateway"
                            + " itself; the answer becomes the body, and a failure always fails the exchange.")
    private PushgatewayOperation operation = PushgatewayOperation.PUSHADD;

    @UriParam(
            label = "common",
            prefix = "groupingKey.",
            multiValue = true,
            description = "The further labels of the group, as k=v,k=v or #bean of a Map; or one at a time as"
                    + " groupingKey.label=value, where the value may hold any characters and wins. Values may hold Simple"
                    + " expressions. Where groups are selected, by groups, sweep and the consumer, each is a pattern of a"
                    + " label that a group must have: an asterisk stands for any characters, a question mark for one, and"
                    + " both for themselves after a backslash.")
    private Map<String, Object> groupingKey = Map.of();

    /** The labels of the grouping key that come from a bean: what it holds is data, and an expression in it not evaluated. */
    private Set<String> dataLabels = Set.of();

    /** The canonical names of the options that the endpoint sets. */
    private Set<String> optionNames = Set.of();

    @UriParam(
            label = "producer",
            description =
                    "Whether the grouping key gets the label instance, with the local address that routes to the"
                            + " gateway, the first of several. Groups of machines that are gone stay on the gateway until they are deleted.")
    private boolean instanceIp;

    @UriParam(
            label = "producer",
            description =
                    "The name of the one metric that is sent. A counter's name gets the ending _total if it has none."
                            + " It may hold Simple expressions.")
    @Nullable
    private String metricName;

    @UriParam(
            label = "producer",
            description =
                    "The value of the one metric that is sent, the body by default; now means the unix time in seconds"
                            + " at which the exchange reached the endpoint. It may be a Simple expression.")
    @Nullable
    private String metricValue;

    @UriParam(
            label = "producer",
            enums = "gauge,counter,untyped",
            defaultValue = "gauge",
            description = "The type of the one metric that is sent.")
    private MetricType metricType = MetricType.GAUGE;

    @UriParam(
            label = "producer",
            description = "The help text of the one metric that is sent. It may hold Simple expressions.")
    @Nullable
    private String metricHelp;

    @UriParam(
            label = "producer",
            prefix = "labels.",
            multiValue = true,
            description = "Labels of the samples built from options, headers, numbers and maps, as labels.name=value."
                    + " Values may hold Simple expressions.")
    private Map<String, Object> labels = Map.of();

    @UriParam(
            label = "producer",
            description =
                    "Patterns of header names, separated by commas, with a wildcard at the end or as regular expressions:"
                            + " each header that matches and is a number is sent as a gauge too. Without metricName, a body"
                            + " is sent with them only if it is metrics by its type, and text is not read. Camel's own headers"
                            + " match only patterns that start with Camel.")
    @Nullable
    private String gaugeHeaders;

    @UriParam(
            label = "producer",
            description = "The #bean of a registry whose metrics are all sent, as they are at that moment: a"
                    + " PrometheusRegistry of client_java, a PrometheusMeterRegistry of Micrometer, or any other"
                    + " object with a type converter to MetricSnapshots. The body is then not read for metrics; it may still be the"
                    + " value of metricName. For report, they are sent with it.")
    @Nullable
    private Object registry;

    @UriParam(
            label = "producer",
            description = "Patterns of the names of metrics to keep, separated by commas: an asterisk stands for any"
                    + " characters, a question mark for one, an exclamation mark at the beginning makes an exception;"
                    + " exceptions alone keep all others. They apply to metrics of a registry and to bodies that are metrics,"
                    + " in the text format too; not to those named in options, headers and maps.")
    @Nullable
    private String metricFilter;

    @UriParam(
            label = "producer",
            description = "Whether a push without any metric is sent: an empty push clears the group.")
    private boolean allowEmpty;

    @UriParam(
            label = "producer",
            description = "For report: how many records the run dealt with, most often as a Simple expression such as"
                    + " ${exchangeProperty.rows}.")
    @Nullable
    private String records;

    @UriParam(
            label = "producer",
            description = "For report: how many of the records failed, most often as a Simple expression.")
    @Nullable
    private String recordsFailed;

    @UriParam(
            label = "producer",
            defaultValue = "job",
            description = "For report: what the names of its metrics begin with, followed by an underscore.")
    private String reportPrefix = "job";

    @UriParam(
            label = "common",
            javaType = "java.time.Duration",
            description =
                    "For groups, sweep and the consumer: how long ago the last push to a group must at least be, such as"
                            + " 24h. A group to which no push has ever succeeded is as old as the last one that was refused.")
    @Nullable
    private Duration staleAfter;

    @UriParam(
            label = "producer",
            description = "For sweep: whether nothing is deleted; the body then is what would have been.")
    private boolean dryRun;

    @UriParam(
            label = "producer",
            description =
                    "For sweep: whether all groups of all jobs are meant, where neither the job, nor a groupingKey,"
                            + " nor staleAfter says which.")
    private boolean sweepAll;

    @UriParam(
            label = "consumer",
            description =
                    "Whether a group is consumed only when it becomes stale, which staleAfter says, and not again until"
                            + " it was pushed to and has become stale again. One whose exchange failed comes again with the next poll.")
    private boolean newlyStaleOnly;

    @UriParam(
            label = "consumer",
            description = "How many groups a poll takes at most, the oldest first; 0 for no limit.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "advanced",
            defaultValue = "true",
            description =
                    "Whether Simple expressions in options are evaluated. Say false if the text of the endpoint is made of"
                            + " messages, as by recipientList; toD does so by itself.")
    private boolean expressions = true;

    @UriParam(label = "advanced", description = "Whether the thread of the exchange waits for the gateway's answer.")
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

    public @Nullable Duration getStaleAfter() {
        return staleAfter;
    }

    public void setStaleAfter(@Nullable Duration staleAfter) {
        this.staleAfter = staleAfter;
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
