package io.github.camelpushgateway;

import io.github.camelpushgateway.client.PushOperation;
import io.github.camelpushgateway.metrics.MetricType;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint, as Camel sets them. The endpoint turns them into immutable settings when it starts. */
@UriParams
public class PushgatewayConfiguration {

    static final String DEFAULT_URL = "http://localhost:9091";
    static final long DEFAULT_CONNECT_TIMEOUT = 10_000;
    static final long DEFAULT_REQUEST_TIMEOUT = 30_000;

    @UriParam(
            label = "common",
            defaultValue = DEFAULT_URL,
            description =
                    "The base URL of the gateway, with the scheme http or https; host:port means http. A path prefix is"
                            + " kept, trailing slashes are dropped. User info is refused.")
    private String url = DEFAULT_URL;

    @UriParam(
            label = "producer",
            enums = "push,pushadd,delete",
            defaultValue = "pushadd",
            description =
                    "What to do to the group: push replaces it, pushadd replaces its metrics of the same names, delete"
                            + " deletes it.")
    private PushOperation operation = PushOperation.PUSHADD;

    @UriParam(
            label = "producer",
            prefix = "groupingKey.",
            multiValue = true,
            description = "The further labels of the group, as k=v,k=v or #bean of a Map; or one at a time as"
                    + " groupingKey.label=value, where the value may hold any characters and wins.")
    private Map<String, Object> groupingKey = Map.of();

    @UriParam(
            label = "producer",
            description = "Whether the grouping key gets the label instance, with the local address that routes to the"
                    + " gateway. Groups of machines that are gone stay on the gateway until they are deleted.")
    private boolean instanceIp;

    @UriParam(
            label = "producer",
            description =
                    "The name of the one metric that is sent. A counter's name gets the ending _total if it has none.")
    @Nullable
    private String metricName;

    @UriParam(
            label = "producer",
            description =
                    "The value of the one metric that is sent, the body by default; now means the unix time in seconds"
                            + " at which the exchange reached the endpoint.")
    @Nullable
    private String metricValue;

    @UriParam(
            label = "producer",
            enums = "gauge,counter,untyped",
            defaultValue = "gauge",
            description = "The type of the one metric that is sent.")
    private MetricType metricType = MetricType.GAUGE;

    @UriParam(label = "producer", description = "The help text of the one metric that is sent.")
    @Nullable
    private String metricHelp;

    @UriParam(
            label = "producer",
            prefix = "labels.",
            multiValue = true,
            description = "Labels of the samples built from options, headers, numbers and maps, as labels.name=value.")
    private Map<String, Object> labels = Map.of();

    @UriParam(
            label = "producer",
            description =
                    "Patterns of header names, separated by commas, with a wildcard at the end or as regular expressions:"
                            + " each header that matches and is a number is sent as a gauge too. Camel's own headers"
                            + " match only patterns that start with Camel.")
    @Nullable
    private String gaugeHeaders;

    @UriParam(
            label = "producer",
            description = "Whether a push without any metric is sent: an empty push clears the group.")
    private boolean allowEmpty;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "How long to wait for a connection to the gateway.")
    private long connectTimeout = DEFAULT_CONNECT_TIMEOUT;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long one attempt may take as a whole.")
    private long requestTimeout = DEFAULT_REQUEST_TIMEOUT;

    @UriParam(label = "advanced", description = "Whether the thread of the exchange waits for the gateway's answer.")
    private boolean synchronous;

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public PushOperation getOperation() {
        return operation;
    }

    public void setOperation(PushOperation operation) {
        this.operation = operation;
    }

    public Map<String, Object> getGroupingKey() {
        return groupingKey;
    }

    public void setGroupingKey(Map<String, Object> groupingKey) {
        this.groupingKey = groupingKey;
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

    public boolean isAllowEmpty() {
        return allowEmpty;
    }

    public void setAllowEmpty(boolean allowEmpty) {
        this.allowEmpty = allowEmpty;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
