package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Pushes to a gateway that requires a client certificate. */
public class PemRoute extends RouteBuilder {

    private static final String FILES = "file:{{gateway.tls:/etc/gateway-tls}}/";

    @Override
    public void configure() {
        from("timer:nightly?repeatCount=1")
                .routeId("nightly")
                .to("pushgateway:nightly?url={{gateway.url}}&caFile=" + FILES + "ca.crt&certFile=" + FILES
                        + "tls.crt&keyFile=" + FILES + "tls.key"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }
}
