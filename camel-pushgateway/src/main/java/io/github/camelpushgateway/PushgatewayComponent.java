package io.github.camelpushgateway;

import io.github.camelpushgateway.metrics.LabelPairs;
import io.github.camelpushgateway.report.FailureSigns;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;

/** Makes endpoints of URIs of the form {@code pushgateway:job[?options]}, and owns the clients that they share. */
@Component("pushgateway")
public class PushgatewayComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private static final String GROUPING_KEY = "groupingKey";

    /**
     * If they are empty, they are as if they were not there. Kamelets need it: a property that has no default Camel would take
     * from the environment, and send a PASSWORD that is meant for something else.
     */
    private static final Set<String> EMPTY_IS_NONE = Set.of(
            "url",
            "onPushFailure",
            "username",
            "password",
            "bearerToken",
            GROUPING_KEY,
            "metricName",
            "metricValue",
            "metricHelp",
            "records",
            "recordsFailed");

    @Metadata(
            label = "advanced",
            description = "How to reach the gateway, for all endpoints that do not say otherwise.")
    private GatewayConfiguration configuration = new GatewayConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether the SSL context parameters of the whole Camel context are used.")
    private boolean useGlobalSslContextParameters;

    private final Workers workers = new Workers();
    private final SharedClients clients = new SharedClients(workers);
    private final TlsFactories tls = new TlsFactories();
    private final FailureSigns failureSigns = new FailureSigns();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining.isEmpty()) {
            throw new IllegalArgumentException(
                    "the job is missing; write pushgateway:job, such as pushgateway:nightly-load");
        }
        EMPTY_IS_NONE.forEach(option -> parameters.remove(option, ""));
        OptionCheck.check(parameters);
        String shown = SecretFreeUri.of(uri, parameters);
        GatewayConfiguration gateway = configuration.copy();
        gateway.getHttpHeader().putAll(PropertiesHelper.extractProperties(parameters, "httpHeader."));
        PushgatewayConfiguration options = new PushgatewayConfiguration();
        readGroupingKey(parameters, options);
        options.setLabels(PropertiesHelper.extractProperties(parameters, "labels."));
        PushgatewayEndpoint endpoint = new PushgatewayEndpoint(shown, this, remaining, options, gateway);
        setProperties(endpoint, parameters);
        if (gateway.getSslContextParameters() == null) {
            gateway.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        endpoint.check();
        return endpoint;
    }

    /** {@code groupingKey=k=v,k=v} or {@code groupingKey=#bean}, overlaid by each {@code groupingKey.k=v}. */
    private void readGroupingKey(Map<String, Object> parameters, PushgatewayConfiguration options) {
        Map<String, Object> single = PropertiesHelper.extractProperties(parameters, GROUPING_KEY + '.');
        Object whole = parameters.remove(GROUPING_KEY);
        Map<String, Object> labels = new LinkedHashMap<>();
        if (whole instanceof String text && EndpointHelper.isReferenceParameter(text)) {
            Object bean = EndpointHelper.resolveReferenceParameter(getCamelContext(), text, Object.class, true);
            labels.putAll(LabelPairs.read(bean));
            Set<String> data = new HashSet<>(labels.keySet());
            data.removeAll(single.keySet());
            options.setDataLabels(data);
        } else {
            labels.putAll(LabelPairs.read(whole));
        }
        labels.putAll(single);
        options.setGroupingKey(labels);
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new CheckedConfigurer(super.getComponentPropertyConfigurer());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        clients.open();
        workers.start(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        failureSigns.leave(getCamelContext());
        clients.close();
        workers.stop(getCamelContext());
        tls.clear();
        super.doStop();
    }

    SharedClients clients() {
        return clients;
    }

    TlsFactories tls() {
        return tls;
    }

    FailureSigns failureSigns() {
        return failureSigns;
    }

    public GatewayConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(GatewayConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
