package io.github.camelpushgateway;

import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.Futures;
import io.github.camelpushgateway.options.OptionText;
import io.github.camelpushgateway.publisher.PublishedGroup;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** The group of a publisher: an endpoint whose metrics come from its registry, without a message. */
final class RegistryGroup implements PublishedGroup {

    private final PushgatewayEndpoint endpoint;
    private final PushOperation operation;
    private final ExchangeBinding binding;

    private RegistryGroup(PushgatewayEndpoint endpoint, PushOperation operation) {
        this.endpoint = endpoint;
        this.operation = operation;
        binding = new ExchangeBinding(endpoint);
    }

    /**
     * Returns the group of an endpoint.
     *
     * @param repeated whether the registry is pushed more than once, or the group is deleted
     * @throws IllegalArgumentException if it is not an endpoint of this component, or a push through it needs a message
     */
    static RegistryGroup of(Endpoint endpoint, boolean repeated) {
        // a publisher sends no exchange, so nothing is intercepted
        Endpoint original =
                endpoint instanceof InterceptSendToEndpoint intercepted ? intercepted.getOriginalEndpoint() : endpoint;
        if (!(original instanceof PushgatewayEndpoint pushgateway)) {
            throw new IllegalArgumentException(
                    "the uri is not a pushgateway endpoint; set a uri such as " + PushgatewayPublisher.EXAMPLE_URI);
        }
        PushOperation push = validate(pushgateway);
        if (push == PushOperation.ACCUMULATE && repeated) {
            throw new IllegalArgumentException(
                    "operation=accumulate with an interval would add the same values with each"
                            + " push; remove the interval, so that they are added once at the end, or use operation=pushadd");
        }
        return new RegistryGroup(pushgateway, push);
    }

    private static PushOperation validate(PushgatewayEndpoint endpoint) {
        PushgatewayConfiguration configuration = endpoint.getConfiguration();
        PushOperation push = configuration.getOperation().push();
        if (push == null || push == PushOperation.DELETE || push == PushOperation.REPORT) {
            throw new IllegalArgumentException(
                    "operation=" + configuration.getOperation()
                            + " does not push a registry; remove it, or use operation=push, operation=pushadd or operation=accumulate");
        }
        OperationRules.validateProducerOptions(
                configuration, endpoint.getGateway().escaping());
        OperationRules.validateForProducer(
                configuration.getOperation(),
                configuration,
                endpoint.getGateway().escaping());
        if (configuration.getRegistry() == null) {
            throw new IllegalArgumentException(
                    "there is no registry to push; set the option registry to the #bean of a PrometheusRegistry or a"
                            + " PrometheusMeterRegistry");
        }
        if (configuration.getGaugeHeaders() != null) {
            throw new IllegalArgumentException(
                    "gaugeHeaders needs a message, which a publisher does not have; remove it");
        }
        if (configuration.getMetricName() != null && configuration.getMetricValue() == null) {
            throw new IllegalArgumentException("metricName without metricValue needs the body of a message, which a"
                    + " publisher does not have; set metricValue, or remove metricName");
        }
        rejectExpression(endpoint, "the job", endpoint.getJob());
        rejectExpression(endpoint, "metricName", configuration.getMetricName());
        rejectExpression(endpoint, "metricValue", configuration.getMetricValue());
        rejectExpression(endpoint, "metricHelp", configuration.getMetricHelp());
        rejectExpressions(endpoint, "groupingKey.", configuration.getGroupingKey(), configuration.getDataLabels());
        rejectExpressions(endpoint, "labels.", configuration.getLabels(), Set.of());
        return push;
    }

    private static void rejectExpressions(
            PushgatewayEndpoint endpoint, String prefix, Map<String, Object> labels, Set<String> data) {
        labels.forEach((name, value) -> {
            if (!data.contains(name)) {
                rejectExpression(endpoint, prefix + name, value);
            }
        });
    }

    private static void rejectExpression(PushgatewayEndpoint endpoint, String option, @Nullable Object value) {
        OptionText text = OptionText.ofNullable(
                endpoint.getCamelContext(), endpoint.getConfiguration().isExpressions(), value);
        if (text != null && !text.isConstant()) {
            throw new IllegalArgumentException(option + " is " + text
                    + ", an expression that needs a message, which a publisher does not have; write a constant, or a"
                    + " property placeholder such as {{env:NAME}}");
        }
    }

    @Override
    public void push() throws PushgatewayException {
        send(operation);
    }

    @Override
    public void delete() throws PushgatewayException {
        send(PushOperation.DELETE);
    }

    private void send(PushOperation operation) throws PushgatewayException {
        PushRequest request = Objects.requireNonNull(
                binding.request(operation, new DefaultExchange(endpoint.getCamelContext())),
                "only a report is delayed");
        try {
            Futures.await(endpoint.gateways().send(request, false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PushgatewayException.of(request, "was interrupted; the outcome is unknown", e);
        } catch (IllegalStateException e) {
            throw PushgatewayException.of(request, "was not sent, because " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isFailureIgnored() {
        return endpoint.getGateway().getOnPushFailure() == PushFailurePolicy.IGNORE;
    }

    @Override
    public String endpoint() {
        return endpoint.getEndpointUri();
    }

    @Override
    public String gateway() {
        return endpoint.getServiceUrl();
    }

    @Override
    public String toString() {
        return "pushgateway:" + endpoint.getJob();
    }
}
