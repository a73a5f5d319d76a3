package io.github.camelpushgateway.console;

import io.github.camelpushgateway.PushgatewayEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/**
 * Dev console that shows the endpoints with the statistics of their pushes, the publishers, and the gateways with their readiness and
 * their groups, the oldest first. It queries the gateways and waits for at most {@link GatewayView#TIMEOUT}. The
 * option {@code limit} sets the maximum number of groups to show for each gateway. The default is 100.
 */
@DevConsole(
        name = "pushgateway",
        displayName = "Pushgateway",
        description = "Pushes to Prometheus Pushgateways, and the groups of these gateways")
public class PushgatewayDevConsole extends AbstractDevConsole {

    /** Option for the maximum number of groups to show for each gateway. */
    public static final String LIMIT = "limit";

    private static final int DEFAULT_LIMIT = 100;

    public PushgatewayDevConsole() {
        super(
                "camel",
                "pushgateway",
                "Pushgateway",
                "Pushes to Prometheus Pushgateways, and the groups of these gateways");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        List<PushgatewayEndpoint> endpoints = endpoints();
        // callers expect this type
        JsonObject root = new JsonObject();
        root.put("endpoints", endpoints.stream().map(EndpointView::of).toList());
        List<Map<String, Object>> publishers = PublisherView.all(getCamelContext());
        if (!publishers.isEmpty()) {
            root.put("publishers", publishers);
        }
        root.put("gateways", GatewayView.all(endpoints, limit(options)));
        return root;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        doCallJson(options).forEach((name, list) -> {
            text.append(name).append(":\n");
            for (Object each : (List<?>) list) {
                append(text, (Map<?, ?>) each, "    ");
                text.append('\n');
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, Map<?, ?> view, String indent) {
        view.forEach((name, value) -> {
            if (value instanceof List<?> lines) {
                text.append(indent).append(name).append(":\n");
                for (Object line : lines) {
                    text.append(indent).append(indent).append(line).append('\n');
                }
            } else {
                text.append(indent).append(name).append(": ").append(value).append('\n');
            }
        });
    }

    private List<PushgatewayEndpoint> endpoints() {
        return getCamelContext().getEndpoints().stream()
                .filter(PushgatewayEndpoint.class::isInstance)
                .map(PushgatewayEndpoint.class::cast)
                .toList();
    }

    private static int limit(Map<String, Object> options) {
        try {
            return Integer.parseInt(String.valueOf(Objects.requireNonNullElse(options.get(LIMIT), DEFAULT_LIMIT)));
        } catch (NumberFormatException e) {
            return DEFAULT_LIMIT;
        }
    }
}
