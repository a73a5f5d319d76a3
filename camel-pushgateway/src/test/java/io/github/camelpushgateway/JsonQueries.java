package io.github.camelpushgateway;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Makes the component read JSON from the gateway at the URL and from bodies, and returns the results. */
public final class JsonQueries implements UnaryOperator<String> {

    @Override
    public String apply(String url) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration()
                    .setUrl(url);
            context.start();
            return send(context, "*?operation=groups", null)
                    + send(context, "*?operation=status", null)
                    + send(context, "a", "{\"rows\": 1, \"seconds\": 1.5e3}")
                    + send(
                            context,
                            "b",
                            "[{\"name\": \"rows\", \"value\": 18446744073709551616}]".getBytes(StandardCharsets.UTF_8))
                    + send(context, "c", "{\"rows\":\n nothing}")
                    + send(context, "d", "{\"rows\": [1");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String send(DefaultCamelContext context, String uri, @Nullable Object body) {
        Exchange exchange = context.createProducerTemplate()
                .request("pushgateway:" + uri, sent -> sent.getMessage().setBody(body));
        return uri
                + ": "
                + (exchange.getException() == null
                        ? exchange.getMessage().getBody(String.class)
                        : exchange.getException().getMessage())
                + '\n';
    }
}
