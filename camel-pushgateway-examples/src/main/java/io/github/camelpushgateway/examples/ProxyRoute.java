package io.github.camelpushgateway.examples;

import org.apache.camel.builder.RouteBuilder;

/** Pushes through the HTTP proxy of the JVM, which requires a password. */
public class ProxyRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("timer:nightly?repeatCount=1")
                .routeId("nightly")
                .to("pushgateway:nightly?url={{gateway.url}}&proxyUsername={{proxy.username}}"
                        + "&proxyPassword=RAW({{proxy.password}})"
                        + "&metricName=job_last_success_unixtime&metricValue=now");
    }
}
