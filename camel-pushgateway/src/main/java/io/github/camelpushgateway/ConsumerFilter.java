package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.client.LocalInstance;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.metrics.GlobPattern;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import java.util.Map;

/** Factory of the filter that selects the groups a consumer reads. */
final class ConsumerFilter {

    private ConsumerFilter() {}

    /**
     * Returns the filter that the options of an endpoint describe.
     *
     * @throws IllegalArgumentException if the options do not form a valid filter
     */
    static GroupFilter of(PushgatewayEndpoint endpoint) {
        PushgatewayConfiguration configuration = endpoint.getConfiguration();
        if (!new JobBinding(endpoint.getCamelContext(), configuration, endpoint.getJob()).isConstant()) {
            throw new IllegalArgumentException("the job of this consumer is " + endpoint.getJob()
                    + ", but a consumer has no exchange to evaluate an expression for; use a pattern such as"
                    + " nightly-*, or list the groups in a route with operation=groups and set the job with the header "
                    + PushgatewayConstants.JOB + " or with toD");
        }
        if (!ExchangeBinding.groupingKey(endpoint.getCamelContext(), configuration)
                .isConstant()) {
            throw new IllegalArgumentException(
                    "the groupingKey of a consumer contains an expression, but a consumer has no exchange"
                            + " to evaluate an expression for; use patterns such as eu-*");
        }
        if (configuration.isNewlyStaleOnly() && configuration.getStaleAfter() == null) {
            throw new IllegalArgumentException(
                    "newlyStaleOnly requires staleAfter, which defines when a group is stale; set it, for example staleAfter=24h");
        }
        Map<String, GlobPattern> labels = GroupPatterns.of(LabelOptions.texts(configuration.getGroupingKey()));
        if (configuration.isInstanceIp()) {
            labels.putIfAbsent(
                    LocalInstance.LABEL,
                    GlobPattern.exactly(new LocalInstance(endpoint.getGateway().getUrl()).address()));
        }
        Escaping escaping = endpoint.getGateway().escaping();
        return GroupFilter.of(
                endpoint.getJob(),
                escaping == null ? labels : new PushNames(escaping).existingKey(labels),
                configuration.minimumAge(escaping));
    }
}
