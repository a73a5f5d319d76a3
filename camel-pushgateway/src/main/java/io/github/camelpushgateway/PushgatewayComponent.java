package io.github.camelpushgateway;

import io.github.camelpushgateway.client.SharedClients;
import io.github.camelpushgateway.options.CheckedConfigurer;
import io.github.camelpushgateway.options.EndpointOptions;
import io.github.camelpushgateway.options.HttpHeaderOption;
import io.github.camelpushgateway.options.MapOption;
import io.github.camelpushgateway.options.OptionNames;
import io.github.camelpushgateway.options.RedactedUri;
import io.github.camelpushgateway.options.TlsFactories;
import io.github.camelpushgateway.options.YamlLabels;
import io.github.camelpushgateway.report.FailureTracker;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** Creates endpoints from URIs of the form {@code pushgateway:job[?options]}, and owns the clients that they share. */
@Component("pushgateway")
public class PushgatewayComponent extends HealthCheckComponent implements SSLContextParametersAware {

    /** Camel sets these when the endpoint is created: what the endpoint sets itself would be overwritten. */
    private static final Set<String> SET_BY_CAMEL = Set.of("bridgeErrorHandler", "lazyStartProducer");

    private static final Pattern WITHOUT_JOB = Pattern.compile("[^:?]*(:(//)?)?(\\?|$)");

    @Metadata(label = "advanced", description = "The gateway options of all endpoints. An endpoint can override them.")
    private GatewayConfiguration configuration = new GatewayConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the global SSL context parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;

    @Nullable
    private volatile OptionNames names;

    private final ContinuationExecutor workers = new ContinuationExecutor();
    private final SharedClients clients = new SharedClients(workers);
    private final TlsFactories tls = new TlsFactories();
    private final YamlLabels yamlLabels = new YamlLabels();

    /** @throws IllegalStateException if this Camel is too old for the component */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        // Camel sets it more than once, and one warning is enough
        if (camelContext != getCamelContext()) {
            RequiredCamel.check(String.valueOf(camelContext.getVersion()));
        }
        super.setCamelContext(camelContext);
    }

    /** Camel reads its own options before the endpoint is created, and fails if they are empty. */
    @Override
    protected void validateURI(String uri, String path, Map<String, Object> parameters) {
        super.validateURI(uri, path, parameters);
        parameters
                .entrySet()
                .removeIf(option -> SET_BY_CAMEL.contains(option.getKey())
                        && option.getValue() instanceof String text
                        && text.isBlank());
    }

    /** Camel cannot parse a URI that has nothing behind the scheme, such as {@code pushgateway://}. */
    @Override
    public Endpoint createEndpoint(String uri, Map<String, Object> properties) throws Exception {
        if (WITHOUT_JOB.matcher(uri).lookingAt()) {
            throw new IllegalArgumentException(
                    "the job is missing; write pushgateway:job, such as pushgateway:nightly-load");
        }
        return super.createEndpoint(uri, properties);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EndpointOptions written = new EndpointOptions(names(), parameters);
        RedactedUri shown = new RedactedUri(uri, written);
        try {
            JobBinding.checkComplete(remaining);
            PropertyConfigurerGetter types = (PropertyConfigurerGetter) getEndpointPropertyConfigurer();
            return createEndpoint(shown, remaining, parameters, written.read(types));
        } catch (Exception e) {
            throw shown.refusal(e);
        }
    }

    /** @param parameters is left with what Camel itself sets when the endpoint is created */
    private Endpoint createEndpoint(
            RedactedUri uri, String job, Map<String, Object> parameters, Map<String, Object> options) throws Exception {
        parameters.clear();
        SET_BY_CAMEL.stream().filter(options::containsKey).forEach(name -> parameters.put(name, options.remove(name)));
        GatewayConfiguration gateway = configuration.copy();
        PushgatewayConfiguration configured = new PushgatewayConfiguration();
        configured.setOptionNames(options.entrySet().stream()
                .filter(option -> !"false".equalsIgnoreCase(String.valueOf(option.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
        gateway.getHttpHeader().putAll(HttpHeaderOption.take(getCamelContext(), options));
        MapOption groupingKey = MapOption.take(getCamelContext(), options, "groupingKey");
        configured.setGroupingKey(groupingKey.entries());
        configured.setDataLabels(groupingKey.data());
        configured.setLabels(labels(options));
        String scheme = StringHelper.before(uri.toString(), ":");
        yamlLabels.check(
                getCamelContext(), names(), scheme, configured.getGroupingKey().keySet());
        yamlLabels.check(
                getCamelContext(), names(), scheme, configured.getLabels().keySet());
        PushgatewayEndpoint endpoint = new PushgatewayEndpoint(uri.toString(), this, job, configured, gateway);
        setProperties(endpoint, options);
        if (gateway.getSslContextParameters() == null) {
            gateway.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        endpoint.check();
        return endpoint;
    }

    /** To Prometheus, an empty label is no label. */
    private Map<String, Object> labels(Map<String, Object> options) {
        Map<String, Object> labels =
                MapOption.take(getCamelContext(), options, "labels").entries();
        labels.values().removeIf(""::equals);
        return labels;
    }

    private OptionNames names() {
        OptionNames known = names;
        if (known == null) {
            known = new OptionNames(getCamelContext().getCamelContextExtension().getEndpointUriFactory("pushgateway"));
            names = known;
        }
        return known;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new CheckedConfigurer(super.getComponentPropertyConfigurer());
    }

    /**
     * Is also called when Camel starts a stopped component again, and before any of its endpoints is started. Exchanges that begin from
     * now on may be reported, by an endpoint that is created for the first of them.
     */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        clients.open();
        FailureTracker.install(getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers.start(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        clients.close();
        workers.stop(getCamelContext());
        tls.clear();
        super.doStop();
    }

    /**
     * Starts the component again if an endpoint of it starts after a restart of the context. Camel keeps some endpoints of before,
     * such as those in {@code interceptSendToEndpoint}, but creates a new component for other endpoints.
     */
    void startWithEndpoint() throws Exception {
        if (clients.isClosed()
                && EnumSet.of(
                                ServiceStatus.Initializing,
                                ServiceStatus.Initialized,
                                ServiceStatus.Starting,
                                ServiceStatus.Started)
                        .contains(getCamelContext().getStatus())) {
            getCamelContext().addService(this);
        }
    }

    SharedClients clients() {
        return clients;
    }

    TlsFactories tls() {
        return tls;
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
