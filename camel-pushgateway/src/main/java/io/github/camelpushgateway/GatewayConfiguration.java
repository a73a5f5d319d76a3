package io.github.camelpushgateway;

import io.github.camelpushgateway.client.Compression;
import io.github.camelpushgateway.client.Distribution;
import io.github.camelpushgateway.client.Format;
import io.github.camelpushgateway.client.PushgatewayHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The options that say how to reach a gateway, as Camel sets them: on the component for all its endpoints, on an endpoint
 * for itself. The endpoint turns them into immutable settings when it starts.
 */
@UriParams
public class GatewayConfiguration implements Cloneable {

    private static final String DEFAULT_URL = "http://localhost:9091";

    @UriParam(
            label = "common",
            defaultValue = "http://localhost:9091",
            description =
                    "The base URL of the gateway, with the scheme http or https; host:port means http. A path prefix is"
                            + " kept, trailing slashes are dropped. User info is refused, and so is the path of a request, such"
                            + " as /metrics/job/x. Several gateways are separated by commas: see distribution.")
    private String url = DEFAULT_URL;

    @UriParam(
            label = "security",
            secret = true,
            description = "The name for basic auth, without a colon. It needs a password.")
    @Nullable
    private String username;

    @UriParam(
            label = "security",
            secret = true,
            description = "The password for basic auth, sent in UTF-8. It needs a username.")
    @Nullable
    private String password;

    @UriParam(
            label = "security",
            secret = true,
            description = "A bearer token. It cannot be used together with basic auth.")
    @Nullable
    private String bearerToken;

    @UriParam(
            label = "security",
            secret = true,
            prefix = "httpHeader.",
            multiValue = true,
            description =
                    "Fixed HTTP headers, such as the tenant or the key that a proxy asks for, as httpHeader.name=value, or"
                            + " all as name=value,name=value, which keeps the dashes of names in YAML.")
    private Map<String, Object> httpHeader = new LinkedHashMap<>();

    @UriParam(
            label = "security",
            description =
                    "What the gateway's certificate is checked against, which certificate is shown to it, and which"
                            + " protocols and ciphers are used. Without it, the JVM's defaults hold. Host names are always verified.")
    @Nullable
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "advanced",
            description =
                    "A handler of one's own. It is given URL, method, timeout, headers and body of each attempt, and may"
                            + " change the request, or carry it out itself.")
    @Nullable
    private PushgatewayHandler handler;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "How long to wait for a connection to the gateway.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long one attempt may take as a whole.")
    private long requestTimeout = 30_000;

    @UriParam(
            label = "producer",
            enums = "text,protobuf",
            defaultValue = "text",
            description =
                    "In which format metrics are sent: text, or protobuf, which also carries native histograms and exemplars."
                            + " protobuf needs the library io.prometheus:prometheus-metrics-exposition-formats.")
    private Format format = Format.TEXT;

    @UriParam(
            label = "producer",
            enums = "none,gzip,snappy",
            defaultValue = "none",
            description =
                    "How the body of a push is compressed. snappy (framed) needs a gateway from 1.6.0 on, and the library"
                            + " io.airlift:aircompressor.")
    private Compression compression = Compression.NONE;

    @UriParam(
            label = "producer",
            defaultValue = "2",
            description =
                    "How often at most a request is sent again after an I/O error or one of the statuses 408, 429 and"
                            + " 5xx. All operations may be repeated without harm.")
    private int maxRetries = 2;

    @UriParam(
            label = "producer",
            javaType = "java.time.Duration",
            defaultValue = "500ms",
            description =
                    "How long to wait before the first retry; twice as long before each further one, up to 30 seconds,"
                            + " jittered. A Retry-After of up to 30 seconds is waited for; a longer one ends the retries.")
    private long retryDelay = 500;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether requests to one group that wait for their turn are sent as one, with the same effect. Those to one"
                            + " group are sent in order, one at a time, in either case.")
    private boolean coalesce = true;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "10000",
            description =
                    "How many requests to one gateway may be pending at a time: waiting for their turn, under way or waiting for a"
                            + " retry. Above that, a request fails at once, so that a gateway that is down costs neither memory nor time.")
    private int maxPending = 10_000;

    @UriParam(
            label = "producer",
            enums = "shard,mirror",
            defaultValue = "shard",
            description =
                    "Which of several gateways a push or delete goes to: shard to one of them, always the same for the same"
                            + " group; mirror to all of them, and it fails if one of them fails.")
    private Distribution distribution = Distribution.SHARD;

    @UriParam(
            label = "producer",
            enums = "fail,warn,ignore",
            defaultValue = "fail",
            description =
                    "What a failure to push does: fail fails the exchange, warn writes one WARN line and lets the route"
                            + " go on, ignore writes one DEBUG line and lets the route go on.")
    private PushFailurePolicy onPushFailure = PushFailurePolicy.FAIL;

    /** Returns a copy, of which an endpoint can set its own options. */
    GatewayConfiguration copy() {
        try {
            GatewayConfiguration copy = (GatewayConfiguration) clone();
            copy.httpHeader = new LinkedHashMap<>(httpHeader);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getUrl() {
        return url;
    }

    /** Sets the base URL of the gateway; a blank one means the default. */
    public void setUrl(String url) {
        this.url = url.isBlank() ? DEFAULT_URL : url;
    }

    public @Nullable String getUsername() {
        return username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public @Nullable String getBearerToken() {
        return bearerToken;
    }

    public void setBearerToken(@Nullable String bearerToken) {
        this.bearerToken = bearerToken;
    }

    public Map<String, Object> getHttpHeader() {
        return httpHeader;
    }

    public void setHttpHeader(Map<String, Object> httpHeader) {
        this.httpHeader = httpHeader;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public @Nullable PushgatewayHandler getHandler() {
        return handler;
    }

    public void setHandler(@Nullable PushgatewayHandler handler) {
        this.handler = handler;
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

    public Format getFormat() {
        return format;
    }

    public void setFormat(Format format) {
        this.format = format;
    }

    public Compression getCompression() {
        return compression;
    }

    public void setCompression(Compression compression) {
        this.compression = compression;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getRetryDelay() {
        return retryDelay;
    }

    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    public int getMaxPending() {
        return maxPending;
    }

    public void setMaxPending(int maxPending) {
        this.maxPending = maxPending;
    }

    public boolean isCoalesce() {
        return coalesce;
    }

    public void setCoalesce(boolean coalesce) {
        this.coalesce = coalesce;
    }

    public Distribution getDistribution() {
        return distribution;
    }

    public void setDistribution(Distribution distribution) {
        this.distribution = distribution;
    }

    public PushFailurePolicy getOnPushFailure() {
        return onPushFailure;
    }

    public void setOnPushFailure(PushFailurePolicy onPushFailure) {
        this.onPushFailure = onPushFailure;
    }
}
