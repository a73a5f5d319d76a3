package io.github.camelpushgateway.examples;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Loads files with one record per line, and pushes metrics about each file that was loaded. */
public class RecordsRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{records.inbox}}?moveFailed=.failed")
                .routeId("load-records")
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .stopOnException()
                // process a record here; an invalid record fails the file
                .validate(body().regex("[^;]+;[0-9]+"))
                .end()
                .setHeader("job_records_processed", simple("${body.size}"))
                .setHeader("job_duration_seconds")
                .exchange(exchange -> Duration.ofMillis(exchange.getClock().elapsed()))
                .to("pushgateway:load-records?operation=pushadd&gaugeHeaders=job_*"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }
}
