package io.github.camelpushgateway;

import io.github.camelpushgateway.report.PushgatewayRoutePolicyFactory;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Starts a route that pushes with the given options and a route that is reported, and returns the messages of their
 * failures.
 */
public final class FirstPush implements UnaryOperator<String> {

    @Override
    public String apply(String options) {
        return failure(context -> context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:load").to("pushgateway:load?metricName=rows&" + options);
                    }
                }))
                + '\n'
                + failure(context -> {
                    context.addRoutePolicyFactory(
                            new PushgatewayRoutePolicyFactory("*", "pushgateway:load?" + options));
                    context.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("direct:load").routeId("load").setBody(constant("rows"));
                        }
                    });
                    context.start();
                    context.createProducerTemplate().sendBody("direct:load", "rows");
                });
    }

    private interface Configuration {
        void of(CamelContext context) throws Exception;
    }

    private static String failure(Configuration configuration) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            configuration.of(context);
            context.start();
            return "started";
        } catch (Exception | LinkageError e) {
            Throwable first = e;
            while (first.getCause() != null
                    && !(first instanceof IllegalStateException)
                    && !(first instanceof IllegalArgumentException)) {
                first = first.getCause();
            }
            return first.getClass().getName() + ": " + first.getMessage();
        }
    }
}
