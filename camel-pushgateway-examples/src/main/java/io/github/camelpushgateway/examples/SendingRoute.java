package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Pushes each kind of message body that the component supports. */
public class SendingRoute extends RouteBuilder {

    @Override
    public void configure() {
        // tag::value[]
        // The body is the value of the metric.
        from("direct:value")
                .to("pushgateway:nightly-load?metricName=load_value"
                        + "&metricHelp=Total amount of the last load.&labels.stage=load");
        // end::value[]

        // tag::map[]
        // A map: each entry is a gauge. {"load_rows": 42, "load_seconds": 1.5}
        from("direct:map").unmarshal().json().to("pushgateway:nightly-load");
        // end::map[]

        // tag::list[]
        // A list of metrics with labels: [{"name": "stage_rows", "value": 42, "labels": {"stage": "read"}}, ...]
        from("direct:list").unmarshal().json().to("pushgateway:nightly-load");
        // end::list[]

        // tag::metrics[]
        // A metric of client_java as the body, here a histogram.
        from("direct:metrics")
                .setBody(simple("${ref:batchSeconds}"))
                .to("pushgateway:nightly-load?metricFilter=load_*,!load_test_*");
        // end::metrics[]

        // tag::registry[]
        // Each message increments a counter in the registry, and each push sends the whole registry.
        from("direct:registry")
                .bean("loadMetrics", "count")
                .to("pushgateway:nightly-load?registry=#loadRegistry&metricFilter=stage_*");
        // end::registry[]

        // tag::micrometer[]
        // The metrics of the JVM's memory from a Micrometer registry.
        from("direct:micrometer").to("pushgateway:nightly-load?registry=#meterRegistry&metricFilter=jvm_memory_*");
        // end::micrometer[]

        // tag::text[]
        // Files in the text format, written by other programs.
        from("file:{{metrics.outbox}}?include=.*\\.prom&moveFailed=.failed").to("pushgateway:nightly-load");
        // end::text[]
    }
}
