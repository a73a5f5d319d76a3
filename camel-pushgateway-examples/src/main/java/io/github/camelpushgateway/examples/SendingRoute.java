package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Pushes each kind of message body that the component supports. */
public class SendingRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::value[]
        // The body is the value of the metric that the endpoint names.
        from("direct:value")
                .to("pushgateway:nightly-load?metricName=load_value"
                        + "&metricHelp=What the last load came to.&labels.stage=load");
        // end::value[]

        // tag::map[]
        // A map is a gauge per entry: {"load_rows": 42, "load_seconds": 1.5}
        from("direct:map").unmarshal().json().to("pushgateway:nightly-load");
        // end::map[]

        // tag::list[]
        // A list describes metrics: [{"name": "stage_rows", "value": 42, "labels": {"stage": "read"}}, ...]
        from("direct:list").unmarshal().json().to("pushgateway:nightly-load");
        // end::list[]

        // tag::metrics[]
        // A body that is metrics already, here a histogram of client_java.
        from("direct:metrics")
                .setBody(simple("${ref:batchSeconds}"))
                .to("pushgateway:nightly-load?metricFilter=load_*,!load_test_*");
        // end::metrics[]

        // tag::registry[]
        // Each message adds to what the registry holds, and each push sends all of it.
        from("direct:registry")
                .bean("loadMetrics", "count")
                .to("pushgateway:nightly-load?registry=#loadRegistry&metricFilter=stage_*");
        // end::registry[]

        // tag::micrometer[]
        // What Micrometer has measured, as far as the JVM's memory goes.
        from("direct:micrometer").to("pushgateway:nightly-load?registry=#meterRegistry&metricFilter=jvm_memory_*");
        // end::micrometer[]

        // tag::text[]
        // Files in the text format, as other programs write them.
        from("file:{{metrics.outbox}}?include=.*\\.prom&moveFailed=.failed").to("pushgateway:nightly-load");
        // end::text[]
    }
}
