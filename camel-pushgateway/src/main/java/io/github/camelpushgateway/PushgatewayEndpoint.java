package io.github.camelpushgateway;

import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.GatewayUrl;
import io.github.camelpushgateway.client.GroupingKey;
import io.github.camelpushgateway.client.PushOperation;
import io.github.camelpushgateway.report.BatchReports;
import io.github.camelpushgateway.report.ReportEndpoint;
import io.github.camelpushgateway.report.RunReporter;
import java.util.Map;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.SynchronousDelegateProducer;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Push the metrics of batch jobs to a Prometheus Pushgateway. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "pushgateway",
        title = "Pushgateway",
        syntax = "pushgateway:job",
        producerOnly = true,
        category = Category.MONITORING,
        headersClass = PushgatewayConstants.class)
public class PushgatewayEndpoint extends DefaultEndpoint
        implements AsyncEndpoint, EndpointServiceLocation, ReportEndpoint {

    @UriPath(description = "The job whose group this is, in any characters.")
    @Metadata(required = true)
    private final String job;

    @UriParam
    private final PushgatewayConfiguration configuration;

    @UriParam
    private final GatewayConfiguration gateway;

    /** Of all producers: what reports a success and what reports a failure are two steps of a route. */
    private final BatchReports batches = new BatchReports();

    /** Stays when the endpoint is stopped: Camel may evict an endpoint while exchanges are on their way to it. */
    @Nullable
    private volatile ClientSettings settings;

    private SharedClients.@Nullable Lease lease;

    /** @param uri the text of the endpoint, with no secret in it */
    PushgatewayEndpoint(
            String uri,
            PushgatewayComponent component,
            String job,
            PushgatewayConfiguration configuration,
            GatewayConfiguration gateway) {
        super(uri, component);
        this.job = job;
        this.configuration = configuration;
        this.gateway = gateway;
    }

    /** Fails if the options cannot be meant, before a route starts that could not report. What a header may mend may pass. */
    void check() {
        SettingsBinding.settings(gateway, null);
        GroupingKey.of(
                job,
                LabelOptions.ofGroupingKey(getCamelContext(), configuration).sample());
        new MetricsBinding(getCamelContext(), configuration).checkOptions();
    }

    @Override
    public PushgatewayComponent getComponent() {
        return (PushgatewayComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        PushgatewayProducer producer = new PushgatewayProducer(this);
        return configuration.isSynchronous() ? new SynchronousDelegateProducer(producer) : producer;
    }

    @Override
    public RunReporter createReporter() {
        return new PushgatewayProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "nothing can be consumed from pushgateway:" + job + "; use it in to(...), not in from(...)");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SSLContextParameters parameters = gateway.getSslContextParameters();
        ClientSettings known = SettingsBinding.settings(
                gateway, parameters == null ? null : getComponent().tls().of(parameters, getCamelContext()));
        settings = known;
        lease = getComponent().clients().lease(known);
        if (configuration.getOperation() == PushOperation.REPORT) {
            getComponent().failureSigns().watch(getCamelContext());
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (lease != null) {
            lease.close();
            lease = null;
        }
        super.doStop();
    }

    /** Returns the use of a client for one push; to be closed after it. */
    SharedClients.Lease lease() {
        ClientSettings known = settings;
        if (known == null) {
            throw new IllegalStateException("the endpoint " + this + " was never started");
        }
        return getComponent().clients().lease(known);
    }

    BatchReports batches() {
        return batches;
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
        return GatewayUrl.parse(gateway.getUrl()).toString();
    }

    @Override
    public String getServiceProtocol() {
        return GatewayUrl.parse(gateway.getUrl()).scheme();
    }

    @Override
    public @Nullable Map<String, String> getServiceMetadata() {
        return null;
    }

    /** Two endpoints are never equal: their text is, if they differ only in what is secret. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
