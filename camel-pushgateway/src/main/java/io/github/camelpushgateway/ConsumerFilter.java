package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GroupFilter;
import io.github.camelpushgateway.client.LocalInstance;
import io.github.camelpushgateway.metrics.GlobPattern;
import io.github.camelpushgateway.options.GroupPatterns;
import io.github.camelpushgateway.options.LabelOptions;
import java.util.Map;

/** Makes of the options of an endpoint which groups are consumed. */
final class ConsumerFilter {

    private ConsumerFilter() {}

    /** @throws IllegalArgumentException if the options do not say it */
    static GroupFilter of(PushgatewayEndpoint endpoint) {
        PushgatewayConfiguration configuration = endpoint.getConfiguration();
        if (!new JobBinding(endpoint.getCamelContext(), configuration, endpoint.getJob()).isConstant()) {
            throw new IllegalArgumentException("the job of this consumer is " + endpoint.getJob()
                    + ", but a consumer has no exchange for which an expression could be evaluated; write a pattern such as"
                    + " nightly-*, or list the groups in a route with operation=groups, where the header "
                    + PushgatewayConstants.JOB + " or toD sets the job");
        }
        if (!ExchangeBinding.groupingKey(endpoint.getCamelContext(), configuration)
                .isConstant()) {
            throw new IllegalArgumentException(
                    "the groupingKey of a consumer holds an expression, but there is no exchange"
                            + " for which it could be evaluated; write patterns such as eu-*");
        }
        if (configuration.isNewlyStaleOnly() && configuration.getStaleAfter() == null) {
            throw new IllegalArgumentException(
                    "newlyStaleOnly needs staleAfter, which says when a group is stale; set it, such as staleAfter=24h");
        }
        Map<String, GlobPattern> labels = GroupPatterns.of(LabelOptions.texts(configuration.getGroupingKey()));
        if (configuration.isInstanceIp()) {
            labels.putIfAbsent(
                    LocalInstance.LABEL,
                    GlobPattern.exactly(new LocalInstance(endpoint.getGateway().getUrl()).address()));
        }
        return GroupFilter.of(endpoint.getJob(), labels, configuration.getStaleAfter());
    }
}
