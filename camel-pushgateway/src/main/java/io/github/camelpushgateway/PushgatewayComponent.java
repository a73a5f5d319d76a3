package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.LabelPairs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.PropertiesHelper;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/** Makes endpoints of URIs of the form {@code pushgateway:job[?options]}, and owns the clients that they share. */
@Component("pushgateway")
public class PushgatewayComponent extends DefaultComponent {

    private static final String GROUPING_KEY = "groupingKey";

    @Metadata(
            label = "common",
            defaultValue = PushgatewayConfiguration.DEFAULT_URL,
            description = "The base URL of the gateway, for all endpoints that do not say otherwise.")
    private String url = PushgatewayConfiguration.DEFAULT_URL;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "10s",
            description =
                    "How long to wait for a connection to the gateway, for all endpoints that do not say otherwise.")
    private long connectTimeout = PushgatewayConfiguration.DEFAULT_CONNECT_TIMEOUT;

    @Metadata(
            label = "advanced",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description = "How long one attempt may take as a whole, for all endpoints that do not say otherwise.")
    private long requestTimeout = PushgatewayConfiguration.DEFAULT_REQUEST_TIMEOUT;

    private final SharedClients clients = new SharedClients();

    @Nullable
    private ExecutorService workers;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isEmpty()) {
            throw new IllegalArgumentException(
                    "the job is missing; write pushgateway:job, such as pushgateway:nightly-load");
        }
        PushgatewayConfiguration configuration = new PushgatewayConfiguration();
        configuration.setUrl(url);
        configuration.setConnectTimeout(connectTimeout);
        configuration.setRequestTimeout(requestTimeout);
        configuration.setGroupingKey(groupingKey(parameters));
        configuration.setLabels(PropertiesHelper.extractProperties(parameters, "labels."));
        PushgatewayEndpoint endpoint = new PushgatewayEndpoint(uri, this, remaining, configuration);
        setProperties(endpoint, parameters);
        endpoint.check();
        return endpoint;
    }

    /** {@code groupingKey=k=v,k=v} or {@code groupingKey=#bean}, overlaid by each {@code groupingKey.k=v}. */
    private Map<String, Object> groupingKey(Map<String, Object> parameters) {
        Map<String, Object> single = PropertiesHelper.extractProperties(parameters, GROUPING_KEY + '.');
        Object whole = parameters.remove(GROUPING_KEY);
        if (whole instanceof String text && EndpointHelper.isReferenceParameter(text)) {
            whole = EndpointHelper.resolveReferenceParameter(getCamelContext(), text, Object.class, true);
        }
        Map<String, Object> labels = new LinkedHashMap<>(LabelPairs.read(whole));
        labels.putAll(single);
        return labels;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // what no worker has room for is carried out by the thread that has it: see onWorker
        ThreadPoolProfile profile = new ThreadPoolProfile("pushgatewayWorker");
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        workers = getCamelContext().getExecutorServiceManager().newThreadPool(this, "PushgatewayWorker", profile);
    }

    @Override
    protected void doStop() throws Exception {
        clients.close();
        getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
        workers = null;
        super.doStop();
    }

    SharedClients clients() {
        return clients;
    }

    /**
     * Carries out what follows a push, such as the rest of a route, so that it does not keep a client's thread from sending.
     * The task is always carried out: an exchange that is not continued would be lost.
     */
    void onWorker(Runnable task) {
        ExecutorService running = workers;
        if (running == null) {
            task.run();
            return;
        }
        try {
            running.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
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
}
