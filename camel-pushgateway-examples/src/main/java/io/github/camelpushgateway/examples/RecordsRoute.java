package io.github.camelpushgateway.examples;

import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Reads each file of records, one a line, and tells the gateway how it went. */
public class RecordsRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{records.inbox}}?moveFailed=.failed")
                .routeId("load-records")
                .split(body().tokenize("\n"), new GroupedBodyAggregationStrategy())
                .stopOnException()
                // here a record is dealt with; one that cannot be read fails the file
                .validate(body().regex("[^;]+;[0-9]+"))
                .end()
                .setHeader("job_records_processed", simple("${body.size}"))
                .setHeader("job_duration_seconds")
                .exchange(exchange -> Duration.ofMillis(exchange.getClock().elapsed()))
                .to("pushgateway:load-records?operation=pushadd&gaugeHeaders=job_*"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }
}
