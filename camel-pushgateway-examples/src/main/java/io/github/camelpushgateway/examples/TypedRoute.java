package io.github.camelpushgateway.examples;

import static io.github.camelpushgateway.dsl.StaticEndpointBuilders.pushgateway;

import io.github.camelpushgateway.PushgatewayOperation;
import org.apache.camel.builder.RouteBuilder;

/** Pushes a gauge, and deletes stale groups of temporary jobs, with typed endpoints. */
public class TypedRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:load")
                .to(pushgateway("batchA")
                        .operation(PushgatewayOperation.PUSHADD)
                        .groupingKey("region", "eu")
                        .metricName("load_rows")
                        .labels("stage", "read"));

        from(pushgateway("tmp-*").newlyStaleOnly(true).staleAfter("1s").delay(200))
                .to(pushgateway("any").operation(PushgatewayOperation.DELETE));
    }
}
