package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Passwords, tokens and keys appear in no log, exception, JMX attribute or endpoint URI. */
class SecretsIT {

    private static final String PASSWORD = "pa55-W0RD";
    private static final String TOKEN = "t0ken-T0KEN";
    private static final String KEY = "k3y-K3Y";

    @RegisterExtension
    final SecretScan scan = new SecretScan(TOKEN, KEY);

    @BeforeEach
    void registerPassword() {
        scan.password("ops", PASSWORD);
    }

    @Test
    void secretsOfEndpointsAppearNowhere() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));
                DefaultCamelContext context = new DefaultCamelContext()) {
            PushgatewayHandler custom = (request, next) -> next.handle(request);
            context.getRegistry().bind("custom", custom);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:java")
                            .routeId("java")
                            .to("pushgateway:a?metricName=x&username=ops&password=" + PASSWORD + "&handler=#custom&url="
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
                scan.add(failed.getException());
                scan.add(failed);
                scan.add(failed.getProperties());
            }
            for (String invalid : List.of(
                    "pushgateway:d?username=ops&password=" + PASSWORD + "&metricName=a b",
                    "pushgateway:d?username=o:ps&password=" + PASSWORD,
                    "pushgateway:d?url=http://ops:" + PASSWORD + "@gateway:9091",
                    "pushgateway:d?bearerToken=RAW(" + TOKEN + " x)")) {
                try {
                    context.getEndpoint(invalid);
                    throw new AssertionError("invalid endpoint was accepted: " + invalid);
                } catch (RuntimeException e) {
                    scan.add(e);
                }
            }
            context.getEndpoints().forEach(endpoint -> scan.add(endpoint + " " + endpoint.getEndpointUri()));
            scan.addConsoles(context);
            scan.addJmx();
            context.stop();
        }

        assertThat(scan.output()).hasSizeGreaterThan(100);
        assertThat(scan.output()).anyMatch(text -> text.contains("EndpointUri=pushgateway:"));
    }

    @Test
    void secretsOfComponentAreNotInCamelTraces() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD))) {
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
        }

        assertThat(scan.output()).hasSizeGreaterThan(100);
        // includes Camel's own traces
        assertThat(scan.outputWithTraces()).allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD, KEY));
    }
}
