package io.github.camelpushgateway;

import io.github.camelpushgateway.api.GatewayGroup;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Lists the groups of a large gateway and sweeps some of them, in a JVM with a small heap. */
final class SmallHeapMain {

    private SmallHeapMain() {}

    public static void main(String[] args) throws Exception {
        String options = "&requestTimeout=2m&url=" + args[0];
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            List<?> groups = template.requestBody("pushgateway:*?operation=groups" + options, null, List.class);
            System.out.println("listed " + groups.size() + " groups with "
                    + groups.stream()
                            .mapToInt(group -> ((GatewayGroup) group).metrics().size())
                            .sum()
                    + " metrics");
            groups = null;
            String sweep = "pushgateway:tmp-*?operation=sweep" + options;
            System.out.println("swept "
                    + template.requestBody(sweep, null, List.class).size() + " with "
                    + context.getEndpoint(sweep, PushgatewayEndpoint.class).getRequestsSent() + " requests");
        }
    }
}
