package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.WireServer;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DumpRoutesStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps of routes show secrets in the log and in JMX as the page "Authentication and TLS" describes. */
class DumpedRoutesTest {

    private static final String PASSWORD = "pa55-W0RD";

    private static final String ROUTE = """
            - route:
                id: nightly
                from:
                  uri: direct:nightly
                  steps:
                    - to: "pushgateway:nightly?metricName=rows&metricValue=1%s"
            """;

    /**
     * The columns: whether the log, the log with unresolved placeholders, JMX, and JMX with resolved placeholders show
     * the secret.
     */
    @ParameterizedTest
    @CsvSource({
        "&username=ops&password=pa55-W0RD, true, true, true, true",
        "&bearerToken=pa55-W0RD, true, true, true, true",
        "&httpHeader.X-Key=pa55-W0RD, true, true, true, true",
        "&username=ops&password={{gateway.password}}, true, false, false, true",
        "&username=ops&password=RAW({{gateway.password}}), true, false, false, true",
        "&httpHeader.X-Key={{gateway.password}}, true, false, false, true",
        "&username=ops&password=#property:gateway.password, false, false, false, false",
        "&bearerToken=#property:gateway.password, false, false, false, false",
        "&username=ops&password=#bean:gatewayPassword, false, false, false, false",
        "&handler=#credentials, false, false, false, false",
        "'', false, false, false, false"
    })
    void dumpShowsSecretsWrittenInTheRoute(
            String options, boolean log, boolean logUnresolved, boolean jmx, boolean jmxResolved) throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            Dump resolved = dump(options, server, true);
            Dump unresolved = dump(options, server, false);

            assertThat(resolved.log()).contains("Dumping 1 routes", "pushgateway:nightly");
            assertThat(resolved.log().contains(PASSWORD)).as("log").isEqualTo(log);
            assertThat(unresolved.log()).contains("Dumping 1 routes", "pushgateway:nightly");
            assertThat(unresolved.log().contains(PASSWORD))
                    .as("log, unresolved")
                    .isEqualTo(logUnresolved);
            assertThat(resolved.jmx()).contains("pushgateway:nightly");
            assertThat(resolved.jmx().contains(PASSWORD)).as("JMX").isEqualTo(jmx);
            assertThat(resolved.jmxResolved().contains(PASSWORD))
                    .as("JMX, resolved")
                    .isEqualTo(jmxResolved);
            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers().values())
                            .as("the secret reaches the gateway wherever it is written")
                            .anyMatch(value -> value.contains(PASSWORD)
                                    || value.equals("Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString(("ops:" + PASSWORD).getBytes(UTF_8)))));
        }
    }

    private record Dump(String log, String jmx, String jmxResolved) {}

    private static Dump dump(String options, WireServer server, boolean resolve) throws Exception {
        try (LogCapture log = LogCapture.ofAll(Level.INFO);
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("gateway.password", PASSWORD);
            context.getRegistry().bind("gatewayPassword", PASSWORD);
            PushgatewayHandler handler = (request, next) -> next.handle(request.withHeader("X-Key", PASSWORD));
            context.getRegistry().bind("credentials", handler);
            GatewayConfiguration gateway = context.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration();
            gateway.setUrl(server.url());
            if (options.isEmpty()) {
                gateway.setUsername("ops");
                gateway.setPassword(PASSWORD);
                gateway.getHttpHeader().put("X-Key", PASSWORD);
            }
            context.setDumpRoutes("xml");
            DumpRoutesStrategy dump = context.getCamelContextExtension().getContextPlugin(DumpRoutesStrategy.class);
            dump.setResolvePlaceholders(resolve);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("route.yaml", ROUTE.formatted(options)));
            context.start();
            context.createProducerTemplate().sendBody("direct:nightly", 1);
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            ObjectName route = beans.queryNames(
                            new ObjectName(
                                    "org.apache.camel:type=routes,context=" + context.getManagementName() + ",*"),
                            null)
                    .iterator()
                    .next();
            return new Dump(
                    String.join("\n", log.lines()),
                    String.valueOf(beans.invoke(route, "dumpRouteAsXml", null, null)),
                    String.valueOf(
                            beans.invoke(route, "dumpRouteAsXml", new Object[] {true}, new String[] {"boolean"})));
        }
    }
}
