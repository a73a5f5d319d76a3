package io.github.camelpushgateway;

import io.github.camelpushgateway.client.GroupFilter;
import io.github.camelpushgateway.metrics.Wildcards;
import java.util.Map;

/** Makes of the options of an endpoint which groups are consumed. */
final class ConsumerFilter {

    private ConsumerFilter() {}

    /** @throws IllegalArgumentException if the options do not say it */
    static GroupFilter of(PushgatewayEndpoint endpoint) {
        PushgatewayConfiguration configuration = endpoint.getConfiguration();
        if (!LabelOptions.ofGroupingKey(endpoint.getCamelContext(), configuration)
                .isConstant()) {
            throw new IllegalArgumentException(
                    "the groupingKey of a consumer holds an expression, but there is no exchange"
                            + " for which it could be evaluated; write patterns such as eu-*");
        }
        if (configuration.isOnTurningStale() && configuration.getStaleAfter() == null) {
            throw new IllegalArgumentException(
                    "onTurningStale needs staleAfter, which says when a group is stale; set it, such as staleAfter=24h");
        }
        Map<String, Wildcards> labels = GroupPatterns.of(LabelOptions.texts(configuration.getGroupingKey()));
        if (configuration.isInstanceIp()) {
            labels.putIfAbsent(
                    LocalInstance.LABEL, Wildcards.exactly(new LocalInstance(endpoint.getGateway()).address()));
        }
        return GroupFilter.of(endpoint.getJob(), labels, configuration.getStaleAfter());
    }
}
