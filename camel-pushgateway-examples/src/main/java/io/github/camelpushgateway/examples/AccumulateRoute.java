package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Loads files with one record per line, and counts the records of all runs of this program. */
public class AccumulateRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{records.inbox}}?moveFailed=.failed")
                .routeId("count-records")
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .stopOnException()
                // load a record here; an invalid record fails the file
                .validate(body().regex("[^;]+;[0-9]+"))
                .end()
                .to("pushgateway:count-records?operation=accumulate&metricName=records_loaded_total"
                        + "&metricType=counter&metricValue=${body.size}&labels.source=file");
    }
}
