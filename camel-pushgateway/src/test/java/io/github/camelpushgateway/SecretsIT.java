package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.client.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Passwords, tokens and keys are in no log at any level, in no exception, in no JMX attribute and in no text of an endpoint. */
class SecretsIT {

    private static final String PASSWORD = "pa55-W0RD";
    private static final String TOKEN = "t0ken-T0KEN";
    private static final String KEY = "k3y-K3Y";

    private static final List<String> SECRETS =
            List.of(PASSWORD, TOKEN, KEY, Base64.getEncoder().encodeToString(("ops:" + PASSWORD).getBytes(UTF_8)));

    private final List<String> said = new ArrayList<>();

    @Test
    void noSecretIsSaidAnywhere() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));
                LogCapture log = LogCapture.ofAll(Level.TRACE);
                DefaultCamelContext context = new DefaultCamelContext()) {
            PushgatewayHandler quiet = (request, next) -> next.handle(request);
            context.getRegistry().bind("quiet", quiet);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:java")
                            .routeId("java")
                            .to("pushgateway:a?metricName=x&username=ops&password=" + PASSWORD + "&handler=#quiet&url="
                                    + gateway.url());
                }
            });
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("route.yaml", """
                            - route:
                                id: yaml
                                from:
                                  uri: direct:yaml
                                  steps:
                                    - to:
                                        uri: pushgateway:b
                                        parameters:
                                          metricName: x
                                          bearerToken: "%s"
                                          url: "%s"
                                          maxRetries: 1
                                          retryDelay: 10
                                          onPushFailure: warn
                            """.formatted(TOKEN, gateway.url())));
            context.start();
            context.getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration()
                    .getHttpHeader()
                    .put("X-Key", KEY);
            var template = context.createProducerTemplate();

            assertThat(template.request("direct:java", e -> e.getMessage().setBody(1))
                            .getException())
                    .isNull();
            template.request("direct:yaml", e -> e.getMessage().setBody(1));
            for (String failing : List.of(
                    "pushgateway:c?metricName=x&httpHeader.X-Other=" + KEY + "&url=" + gateway.url(),
                    "pushgateway:c?metricName=x&maxRetries=0&username=ops&password=" + PASSWORD + "x&url="
                            + gateway.url(),
                    "pushgateway:c?metricName=x&retryDelay=10&bearerToken=" + TOKEN + "&url=http://127.0.0.1:1",
                    "pushgateway:c?metricName=x&retryDelay=10&username=ops&password=" + PASSWORD + "&url="
                            + gateway.url().replace("http:", "https:"))) {
                Exchange failed = template.request(failing, e -> e.getMessage().setBody(1));
                assertThat(failed.getException()).isNotNull();
                StringWriter trace = new StringWriter();
                failed.getException().printStackTrace(new PrintWriter(trace));
                said.add(trace.toString());
                said.add(failed.toString());
                said.add(String.valueOf(failed.getProperties()));
            }
            for (String illegal : List.of(
                    "pushgateway:d?username=ops&password=" + PASSWORD + "&metricName=a b",
                    "pushgateway:d?username=o:ps&password=" + PASSWORD,
                    "pushgateway:d?url=http://ops:" + PASSWORD + "@gateway:9091",
                    "pushgateway:d?bearerToken=RAW(" + TOKEN + " x)")) {
                try {
                    context.getEndpoint(illegal);
                    throw new AssertionError("an endpoint that cannot be meant: " + illegal);
                } catch (RuntimeException e) {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    said.add(trace.toString());
                }
            }
            context.getEndpoints().forEach(endpoint -> said.add(endpoint + " " + endpoint.getEndpointUri()));
            readJmx();
            context.stop();
            log.lines().stream().filter(line -> !isCamelsOwnTrace(line)).forEach(said::add);
        }

        assertThat(said).hasSizeGreaterThan(100);
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    /**
     * Camel itself writes the text of an endpoint as it is given when it makes one, at TRACE, and at DEBUG what of it it does
     * not know to be secret. No component can change that: see "Authentication and TLS" in the manual.
     */
    private static boolean isCamelsOwnTrace(String line) {
        return line.startsWith("TRACE org.apache.camel.impl.engine.AbstractCamelContext ")
                || line.startsWith("TRACE org.apache.camel.support.DefaultComponent ")
                || line.startsWith("TRACE org.apache.camel.support.EndpointHelper ")
                || (line.startsWith("DEBUG org.apache.camel.impl.engine.AbstractCamelContext ")
                        && line.contains(" converted to endpoint: "));
    }

    @Test
    void whatIsToldToTheComponentIsNotEvenInCamelsOwnTrace() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));
                LogCapture log = LogCapture.ofAll(Level.TRACE)) {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                GatewayConfiguration options = context.getComponent("pushgateway", PushgatewayComponent.class)
                        .getConfiguration();
                options.setUrl(gateway.url());
                options.setUsername("ops");
                options.setPassword(PASSWORD);
                options.getHttpHeader().put("X-Key", KEY);
                context.start();
                context.createProducerTemplate().sendBody("pushgateway:a?metricName=x", 1);
            }
            said.addAll(log.lines());
        }

        assertThat(said).hasSizeGreaterThan(100);
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }

    private void readJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        int endpoints = 0;
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            said.add(name.toString());
            if (name.toString().contains("pushgateway")) {
                endpoints++;
            }
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    try {
                        said.add(attribute.getName() + "=" + server.getAttribute(name, attribute.getName()));
                    } catch (JMException | RuntimeException e) {
                        said.add(e.toString());
                    }
                }
            }
        }
        assertThat(endpoints).isPositive();
    }
}
