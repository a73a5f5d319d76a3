package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayUrl;
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
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Camel component that creates endpoints from URIs of the form {@code pushgateway:job[?options]} and owns the clients
 * that the endpoints share.
 */
@Component("pushgateway")
public class PushgatewayComponent extends DescribedComponent implements SSLContextParametersAware {

    /**
     * Options that Camel sets on the endpoint after the component has created it. The component passes them on to Camel:
     * if it set them itself, Camel would overwrite the values.
     */
    private static final Set<String> SET_BY_CAMEL = Set.of("bridgeErrorHandler", "lazyStartProducer");

    private static final Pattern WITHOUT_JOB = Pattern.compile("[^:?]*(:(//)?)?(\\?|$)");

    @Metadata(
            label = "advanced",
            description =
                    "The options for the connection to gateways. They apply to all endpoints that do not override them.")
    private GatewayConfiguration configuration = new GatewayConfiguration();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the global SSL context parameters of the Camel context.")
    private boolean useGlobalSslContextParameters;

    /** The path at which VictoriaMetrics and vmagent receive pushes. */
    private static final String IMPORT_PATH = "/api/v1/import/prometheus";

    /** The receivers that the log describes. */
    private final Set<String> described = ConcurrentHashMap.newKeySet();

    @Nullable
    private volatile OptionNames optionNames;

    private final ContinuationExecutor continuations = new ContinuationExecutor();
    private final SharedClients clients = new SharedClients(continuations);
    private final TlsFactories tls = new TlsFactories();
    private final YamlLabels yamlLabels = new YamlLabels();

    /**
     * Sets the Camel context, and validates its version.
     *
     * @throws IllegalStateException if the version of Camel is too old for the component
     */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        // Camel sets the context more than once; one warning is enough
        if (camelContext != getCamelContext()) {
            RequiredCamel.check(String.valueOf(camelContext.getVersion()));
        }
        super.setCamelContext(camelContext);
    }

    /**
     * Validates the URI, and removes Camel's own options if they are blank. Camel reads these before the endpoint is
     * created, and fails if they are blank.
     */
    @Override
    protected void validateURI(String uri, String path, Map<String, Object> parameters) {
        super.validateURI(uri, path, parameters);
        for (String option : SET_BY_CAMEL) {
            if (parameters.get(option) instanceof String text && text.isBlank()) {
                parameters.remove(option);
            }
        }
    }

    /**
     * Creates an endpoint. A URI with nothing after the scheme, such as {@code pushgateway://}, is rejected here
     * because Camel cannot parse it.
     */
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
        EndpointOptions endpointOptions = new EndpointOptions(optionNames(), parameters);
        RedactedUri redacted = new RedactedUri(uri, endpointOptions);
        try {
            JobBinding.validateExpressions(remaining);
            PropertyConfigurerGetter types = (PropertyConfigurerGetter) getEndpointPropertyConfigurer();
            return createEndpoint(redacted, remaining, parameters, endpointOptions.read(types));
        } catch (Exception e) {
            throw redacted.rejection(e);
        }
    }

    /**
     * Creates an endpoint.
     *
     * @param parameters receives the options that Camel sets after the endpoint is created; all others are removed
     * @param options the values of the options; each key is the canonical name of an option
     */
    private Endpoint createEndpoint(
            RedactedUri uri, String job, Map<String, Object> parameters, Map<String, Object> options) throws Exception {
        parameters.clear();
        for (String option : SET_BY_CAMEL) {
            if (options.containsKey(option)) {
                parameters.put(option, options.remove(option));
            }
        }
        validateTls(configuration, useGlobalSslContextParameters);
        GatewayConfiguration gateway = configuration.copy();
        if (options.containsKey("sslContextParameters")) {
            gateway.removePem();
        } else if (setsPem(options)) {
            gateway.setSslContextParameters(null);
        }
        PushgatewayConfiguration endpointConfiguration = new PushgatewayConfiguration();
        endpointConfiguration.setOptionNames(namesOfSet(options));
        gateway.getHttpHeader().putAll(HttpHeaderOption.take(getCamelContext(), options));
        MapOption groupingKey = MapOption.take(getCamelContext(), options, "groupingKey");
        endpointConfiguration.setGroupingKey(groupingKey.entries());
        endpointConfiguration.setDataLabels(groupingKey.data());
        endpointConfiguration.setLabels(labels(options));
        String scheme = StringHelper.before(uri.toString(), ":");
        yamlLabels.validate(
                getCamelContext(),
                optionNames(),
                scheme,
                endpointConfiguration.getGroupingKey().keySet());
        yamlLabels.validate(
                getCamelContext(),
                optionNames(),
                scheme,
                endpointConfiguration.getLabels().keySet());
        PushgatewayEndpoint endpoint = new PushgatewayEndpoint(uri, this, job, endpointConfiguration, gateway);
        setProperties(endpoint, options);
        validateTls(gateway, false);
        if (gateway.getSslContextParameters() == null && gateway.pemOption() == null) {
            gateway.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        endpoint.validate();
        return endpoint;
    }

    private static boolean setsPem(Map<String, Object> options) {
        return options.containsKey("caFile")
                || options.containsKey("certFile")
                || options.containsKey("keyFile")
                || options.containsKey("keyPassword");
    }

    /** Rejects TLS options that exclude each other. An option of an endpoint replaces such an option of the component. */
    private static void validateTls(GatewayConfiguration gateway, boolean usesGlobal) {
        String pem = gateway.pemOption();
        if (pem != null && (usesGlobal || gateway.getSslContextParameters() != null)) {
            throw new IllegalArgumentException("both " + pem + " and "
                    + (gateway.getSslContextParameters() == null
                            ? "useGlobalSslContextParameters"
                            : "sslContextParameters")
                    + " are set; a connection has one TLS configuration, so remove one of them");
        }
    }

    /** Returns the names of the options that are set to a value other than {@code false}. */
    private static Set<String> namesOfSet(Map<String, Object> options) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, Object> option : options.entrySet()) {
            if (!"false".equalsIgnoreCase(String.valueOf(option.getValue()))) {
                names.add(option.getKey());
            }
        }
        return names;
    }

    /** Returns the labels without empty ones: Prometheus treats an empty label as absent. */
    private Map<String, Object> labels(Map<String, Object> options) {
        Map<String, Object> labels =
                MapOption.take(getCamelContext(), options, "labels").entries();
        labels.values().removeAll(Collections.singleton(""));
        return labels;
    }

    private OptionNames optionNames() {
        OptionNames known = optionNames;
        if (known == null) {
            known = new OptionNames(getCamelContext().getCamelContextExtension().getEndpointUriFactory("pushgateway"));
            optionNames = known;
        }
        return known;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new CheckedConfigurer(super.getComponentPropertyConfigurer());
    }

    /**
     * Opens the clients and starts to track failures. Camel also calls this method when it starts a stopped component
     * again, and always before it starts an endpoint of the component. Failures are tracked in all exchanges
     * that begin after this call. An endpoint that is created during such an exchange can report them.
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
        continuations.start(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        clients.close();
        continuations.stop(getCamelContext());
        tls.clear();
        described.clear();
        super.doStop();
    }

    /**
     * Starts this component again when one of its endpoints starts after a restart of the Camel context. Camel creates a
     * new component after a restart, but keeps some endpoints, such as those in {@code interceptSendToEndpoint}. The
     * kept endpoints still use this component.
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

    /** Logs once which operations a receiver supports, if its URL identifies one that is not a Pushgateway. */
    void describe(GatewayUrl url) {
        String text = url.toString();
        if (text.contains(IMPORT_PATH) && described.add(text)) {
            VictoriaMetricsNotice.log(text);
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
