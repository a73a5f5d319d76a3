package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.GatewayPool;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.RedactedUri;
import io.github.camelpushgateway.options.TlsFactories;
import io.github.camelpushgateway.report.BatchReports;
import io.github.camelpushgateway.report.ReportEndpoint;
import io.github.camelpushgateway.report.ReportEndpoint.RunReporter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.SynchronousDelegateProducer;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Push the metrics of batch jobs to a Prometheus Pushgateway, and list and delete its groups. */
@ManagedResource(description = "Pushgateway endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "pushgateway",
        title = "Pushgateway",
        syntax = "pushgateway:job",
        category = Category.MONITORING,
        headersClass = PushgatewayConstants.class)
public class PushgatewayEndpoint extends CountingEndpoint implements AsyncEndpoint, ReportEndpoint {

    @UriPath(
            description =
                    "The job of the group. It may contain any characters. It may contain Simple expressions, except for"
                            + " a consumer. For operation=groups, operation=sweep and a consumer, it is a glob: an asterisk"
                            + " matches any number of characters, a question mark matches one character, and a backslash escapes"
                            + " both.")
    @Metadata(required = true)
    private final String job;

    @UriParam
    private final PushgatewayConfiguration configuration;

    @UriParam
    private final GatewayConfiguration gateway;

    private final RedactedUri redactedUri;

    /** Created for the first report. */
    @Nullable
    private BatchReports batches;

    /** Created for the first report with counters. */
    @Nullable
    private CountedReports countedReports;

    /** Reporters that are not yet released. */
    private final Set<RunReporter> reporters = ConcurrentHashMap.newKeySet();

    /** Whether a producer or a consumer was ever created. If not, only reporters use the endpoint. */
    private volatile boolean usedByRoutes;

    /** Kept when the endpoint stops: Camel may evict an endpoint while exchanges are still being sent to it. */
    @Nullable
    private volatile GatewayPool gateways;

    /**
     * Creates an endpoint.
     *
     * @param uri the URI of the endpoint, without secrets
     */
    PushgatewayEndpoint(
            RedactedUri uri,
            PushgatewayComponent component,
            String job,
            PushgatewayConfiguration configuration,
            GatewayConfiguration gateway) {
        super(uri.toString(), component);
        redactedUri = uri;
        this.job = job;
        this.configuration = configuration;
        this.gateway = gateway;
    }

    /**
     * Validates the options before the route starts. Values that a header can override are not validated.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    void validate() {
        SettingsBinding.gateways(gateway, null);
        if (gateway.pemOption() != null) {
            TlsFactories.validatePem(
                    gateway.getCaFile(), gateway.getCertFile(), gateway.getKeyFile(), gateway.getKeyPassword());
        }
        JobBinding jobs = new JobBinding(getCamelContext(), configuration, job);
        Escaping escaping = gateway.escaping();
        Map<String, String> labels =
                ExchangeBinding.groupingKey(getCamelContext(), configuration).example();
        GroupingKey.of(jobs.example(), escaping == null ? labels : new PushNames(escaping).existingKey(labels));
        new MetricsBinding(getCamelContext(), configuration, escaping).validateOptions();
        OperationRules.validate(jobs, configuration);
    }

    @Override
    public PushgatewayComponent getComponent() {
        return (PushgatewayComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        OperationRules.validateForProducer(configuration.getOperation(), configuration, gateway.escaping());
        OperationRules.validateProducerOptions(configuration, gateway.escaping());
        OperationRules.validateStepOptions(configuration);
        PushgatewayProducer producer = new PushgatewayProducer(this);
        usedByRoutes = true;
        return configuration.isSynchronous() ? new SynchronousDelegateProducer(producer) : producer;
    }

    @Override
    public RunReporter createReporter() {
        OperationRules.validateProducerOptions(configuration, gateway.escaping());
        PushgatewayProducer reporter = new PushgatewayProducer(this);
        reporter.validateStart();
        reporters.add(reporter);
        return reporter;
    }

    @Override
    public boolean release(RunReporter reporter) {
        reporters.remove(reporter);
        return reporters.isEmpty() && !usedByRoutes;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        OperationRules.validateForConsumer(configuration);
        OperationRules.validateConsumerOptions(configuration, gateway.escaping());
        PushgatewayConsumer consumer = new PushgatewayConsumer(this, processor);
        usedByRoutes = true;
        configureConsumer(consumer);
        consumer.setMaxMessagesPerPoll(configuration.getMaxMessagesPerPoll());
        return consumer;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getComponent().startWithEndpoint();
        CountedReports counted = countedReportsOrNull();
        if (counted != null) {
            counted.start();
        }
        List<ClientSettings> settings = settings();
        for (ClientSettings each : settings) {
            getComponent().describe(each.url());
        }
        gateways = new GatewayPool(
                settings, gateway.getDistribution(), getComponent().clients(), statistics());
    }

    private List<ClientSettings> settings() throws Exception {
        try {
            return SettingsBinding.gateways(gateway, tls());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // Camel adds the URI to it
            throw redactedUri.rejection(e);
        }
    }

    private @Nullable SSLSocketFactory tls() throws GeneralSecurityException, IOException {
        if (gateway.pemOption() != null) {
            return getComponent()
                    .tls()
                    .ofPem(
                            gateway.getCaFile(),
                            gateway.getCertFile(),
                            gateway.getKeyFile(),
                            gateway.getKeyPassword(),
                            getCamelContext());
        }
        SSLContextParameters parameters = gateway.getSslContextParameters();
        return parameters == null ? null : getComponent().tls().of(parameters, getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        CountedReports counted = countedReportsOrNull();
        GatewayPool open = gateways;
        if (open != null) {
            if (counted != null) {
                counted.stop(open);
            }
            open.close();
        }
        super.doStop();
    }

    /**
     * Returns the gateways of this endpoint.
     *
     * @throws IllegalStateException if the endpoint was never started
     */
    public GatewayPool gateways() {
        GatewayPool known = gateways;
        if (known == null) {
            throw new IllegalStateException("its endpoint was never started; start the Camel context first");
        }
        return known;
    }

    /** Returns the reports of all producers: a route may report success and failure in two different steps. */
    synchronized BatchReports batches() {
        BatchReports known = batches;
        if (known == null) {
            known = new BatchReports();
            batches = known;
        }
        return known;
    }

    private synchronized @Nullable CountedReports countedReportsOrNull() {
        return countedReports;
    }

    /** Returns the sender of reports with counters, which all producers share for the same reason. */
    synchronized CountedReports countedReports() {
        CountedReports known = countedReports;
        if (known == null) {
            known = new CountedReports(() -> gateway.getOnPushFailure() != PushFailurePolicy.IGNORE);
            countedReports = known;
        }
        return known;
    }

    public String getJob() {
        return job;
    }

    public PushgatewayConfiguration getConfiguration() {
        return configuration;
    }

    public GatewayConfiguration getGateway() {
        return gateway;
    }

    @Override
    public String getServiceUrl() {
        return GatewayUrl.parseAll(gateway.getUrl()).stream()
                .map(GatewayUrl::toString)
                .collect(Collectors.joining(","));
    }

    @Override
    public String getServiceProtocol() {
        return GatewayUrl.parseAll(gateway.getUrl()).get(0).scheme();
    }

    @Override
    public @Nullable Map<String, String> getServiceMetadata() {
        return null;
    }

    /**
     * Returns whether both are the same object. The URIs of two endpoints are equal if they differ only in a secret,
     * so they cannot be compared.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
