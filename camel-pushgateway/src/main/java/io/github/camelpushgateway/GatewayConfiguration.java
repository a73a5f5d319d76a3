package io.github.camelpushgateway;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Distribution;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.metrics.Escaping;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The gateway options. On the component they apply to all its endpoints, and an endpoint can override them. The endpoint builds
 * immutable settings from them when it starts.
 */
@UriParams
public class GatewayConfiguration implements Cloneable {

    private static final String DEFAULT_URL = "http://localhost:9091";

    @UriParam(
            label = "common",
            defaultValue = "http://localhost:9091",
            description =
                    "The base URL of the gateway, with the scheme http or https. host:port means http. A path prefix is"
                            + " kept, and trailing slashes are removed. User info and request paths such as /metrics/job/x are"
                            + " rejected. Several gateways are separated by commas; the option distribution selects those that"
                            + " receive a push.")
    private String url = DEFAULT_URL;

    @UriParam(
            label = "security",
            secret = true,
            description = "The username for basic authentication, without a colon. It requires a password.")
    @Nullable
    private String username;

    @UriParam(
            label = "security",
            secret = true,
            description = "The password for basic authentication, sent in UTF-8. It requires a username.")
    @Nullable
    private String password;

    @UriParam(
            label = "security",
            secret = true,
            description = "The token for bearer authentication. It cannot be combined with username and password.")
    @Nullable
    private String bearerToken;

    @UriParam(
            label = "security",
            secret = true,
            prefix = "httpHeader.",
            multiValue = true,
            description = "HTTP headers of all requests, such as the tenant or the key that a proxy requires, as"
                    + " httpHeader.name=value. All headers can also be set at once, as name=value,name=value. This form"
                    + " preserves the hyphens of their names in YAML.")
    private Map<String, Object> httpHeader = new LinkedHashMap<>();

    @UriParam(
            label = "security",
            secret = true,
            description = "The username for basic authentication at the HTTP proxy of the JVM, without a colon. It"
                    + " requires a proxyPassword. Only the proxy receives it. The system properties http.proxyHost,"
                    + " https.proxyHost and http.nonProxyHosts set the proxy.")
    @Nullable
    private String proxyUsername;

    @UriParam(
            label = "security",
            secret = true,
            description = "The password for basic authentication at the HTTP proxy of the JVM, sent in UTF-8. It"
                    + " requires a proxyUsername.")
    @Nullable
    private String proxyPassword;

    @UriParam(
            label = "security",
            description =
                    "The TLS configuration: the trusted certificates, the client certificate, the protocols and the"
                            + " cipher suites. The default is the TLS configuration of the JVM. Host names are always verified.")
    @Nullable
    private SSLContextParameters sslContextParameters;

    @UriParam(
            label = "security",
            description =
                    "A PEM file with the certificates of the trusted authorities, which replace those of the JVM. The"
                            + " value is a resource of Camel, such as file:/etc/tls/ca.crt. A file that changes is read again."
                            + " The option requires the library io.github.hakky54:ayza-for-pem, and cannot be combined with"
                            + " sslContextParameters.")
    @Nullable
    private String caFile;

    @UriParam(
            label = "security",
            description = "A PEM file with the client certificate, followed by the certificates of its intermediate"
                    + " authorities. The value is a resource of Camel. A file that changes is read again. The option"
                    + " requires the library io.github.hakky54:ayza-for-pem, and cannot be combined with"
                    + " sslContextParameters.")
    @Nullable
    private String certFile;

    @UriParam(
            label = "security",
            secret = true,
            description =
                    "A PEM file with the private key of the client certificate. The value is a resource of Camel. The"
                            + " formats are PKCS#8, PKCS#1 and SEC1, encrypted or not. The default is certFile, which must then"
                            + " also contain the key.")
    @Nullable
    private String keyFile;

    @UriParam(label = "security", secret = true, description = "The password of an encrypted private key in keyFile.")
    @Nullable
    private String keyPassword;

    @UriParam(
            label = "advanced",
            description = "A custom request handler. It receives the URL, method, timeout, headers and body of each"
                    + " attempt. It may change the request or send it itself.")
    @Nullable
    private PushgatewayHandler handler;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description = "The maximum time to connect to the gateway.")
    private long connectTimeout = 10_000;

    @UriParam(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "The maximum time for one attempt, including the time to connect.")
    private long requestTimeout = 30_000;

    @UriParam(
            label = "producer",
            enums = "text,protobuf",
            defaultValue = "text",
            description =
                    "The format in which metrics are sent. protobuf also supports native histograms and exemplars, and"
                            + " requires the library io.prometheus:prometheus-metrics-exposition-formats.")
    private Format format = Format.TEXT;

    @UriParam(
            label = "producer",
            enums = "none,gzip,snappy",
            defaultValue = "none",
            description = "The compression of the request body of a push. snappy (framed) requires Pushgateway 1.6.0 or"
                    + " newer and the library io.airlift:aircompressor.")
    private Compression compression = Compression.NONE;

    @UriParam(
            label = "common",
            enums = "reject,underscores,dots,values,utf8",
            defaultValue = "reject",
            description =
                    "The form in which names of metrics and labels that are not classic, such as http.rows, are sent."
                            + " Classic names consist of letters, digits, underscores and, for metrics, colons, and do not start"
                            + " with a digit. reject rejects other names. underscores sends http_rows, dots sends http_dot_rows, and values sends"
                            + " U__http_2e_rows, as in the escaping schemes of Prometheus. dots also doubles the underscores of"
                            + " classic names. utf8 sends names unchanged, and requires Pushgateway 1.11 or newer with the flag"
                            + " --push.enable-utf8-names. A push is rejected if two of its names become equal.")
    @Nullable
    private Escaping escaping;

    @UriParam(
            label = "common",
            defaultValue = "2",
            description =
                    "The maximum number of retries after an I/O error or one of the status codes 408, 429 and 5xx."
                            + " Retries are safe for all operations: those of accumulate do not add values twice.")
    private int maxRetries = 2;

    @UriParam(
            label = "common",
            javaType = "java.time.Duration",
            defaultValue = "500ms",
            description =
                    "The delay before the first retry. It doubles before each further retry, up to 30 seconds, with"
                            + " jitter. A Retry-After of up to 30 seconds replaces the delay. A longer one ends the retries.")
    private long retryDelay = 500;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether to coalesce pending pushes to the same group, which sends them as one request with the"
                            + " same effect. In either case, the requests to one group are sent in order, one at a time.")
    private boolean coalesce = true;

    @UriParam(
            label = "advanced",
            defaultValue = "10000",
            description =
                    "The maximum number of pending requests to one gateway. Each push counts, even if it is coalesced"
                            + " with others. A request is pending while it is queued, being sent or waiting for a retry. Further"
                            + " requests fail immediately. This limits the memory that pushes use while a gateway is down.")
    private int maxPending = 10_000;

    @UriParam(
            label = "producer,advanced",
            javaType = "java.time.Duration",
            defaultValue = "5m",
            description =
                    "The time after which operation=accumulate and reportCounters read the group again. Until then,"
                            + " they add to the values that they wrote last. With 0, the group is read before each request. Each"
                            + " read transfers all groups of the gateway.")
    private long accumulateRefresh = 300_000;

    @UriParam(
            label = "common",
            enums = "shard,mirror",
            defaultValue = "shard",
            description = "The distribution of pushes and deletes over several gateways. shard sends a request to one"
                    + " gateway, always the same one for the same group. mirror sends it to all gateways, and fails if"
                    + " one of them fails. With mirror, operation=groups, operation=sweep and a consumer list the"
                    + " copies of a group as one group.")
    private Distribution distribution = Distribution.SHARD;

    @UriParam(
            label = "producer",
            enums = "fail,warn,ignore",
            defaultValue = "fail",
            description =
                    "The effect of a failed push. fail fails the exchange. warn logs one line at level WARN, and ignore"
                            + " logs it at level DEBUG. In both cases, the route continues.")
    private PushFailurePolicy onPushFailure = PushFailurePolicy.FAIL;

    /** Returns a copy for the options of one endpoint. */
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

    /** Sets the base URL of the gateway. A blank URL means the default. */
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

    public @Nullable String getProxyUsername() {
        return proxyUsername;
    }

    public void setProxyUsername(@Nullable String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public @Nullable String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(@Nullable String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public @Nullable String getCaFile() {
        return caFile;
    }

    public void setCaFile(@Nullable String caFile) {
        this.caFile = caFile;
    }

    public @Nullable String getCertFile() {
        return certFile;
    }

    public void setCertFile(@Nullable String certFile) {
        this.certFile = certFile;
    }

    public @Nullable String getKeyFile() {
        return keyFile;
    }

    public void setKeyFile(@Nullable String keyFile) {
        this.keyFile = keyFile;
    }

    public @Nullable String getKeyPassword() {
        return keyPassword;
    }

    public void setKeyPassword(@Nullable String keyPassword) {
        this.keyPassword = keyPassword;
    }

    /** Returns the first option of TLS from PEM files that is set, or null. */
    @Nullable
    String pemOption() {
        return isSet(caFile)
                ? "caFile"
                : isSet(certFile) ? "certFile" : isSet(keyFile) ? "keyFile" : isSet(keyPassword) ? "keyPassword" : null;
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** Removes the options of TLS from PEM files. */
    void removePem() {
        caFile = null;
        certFile = null;
        keyFile = null;
        keyPassword = null;
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

    public Escaping getEscaping() {
        return escaping == null ? Escaping.REJECT : escaping;
    }

    public void setEscaping(Escaping escaping) {
        this.escaping = escaping;
    }

    /** Returns the escaping of names, or null if names outside of the classic set are rejected. */
    @Nullable
    Escaping escaping() {
        // the class of the option is not loaded unless the option is set
        return escaping == null || escaping == Escaping.REJECT ? null : escaping;
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

    public long getAccumulateRefresh() {
        return accumulateRefresh;
    }

    public void setAccumulateRefresh(long accumulateRefresh) {
        this.accumulateRefresh = accumulateRefresh;
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
