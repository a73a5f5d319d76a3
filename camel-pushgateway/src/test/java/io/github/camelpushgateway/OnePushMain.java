package io.github.camelpushgateway;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Sends one push through a route, in a JVM that does nothing else. */
final class OnePushMain {

    private OnePushMain() {}

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:load").to("pushgateway:load?metricName=rows&url=" + args[0]);
                }
            });
            context.start();
            context.createProducerTemplate().sendBody("direct:load", 42);
        }
    }
}
