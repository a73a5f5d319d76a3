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

/** Passwords, tokens and keys are in no log at any level, in no exception, in no JMX attribute and in no text of an endpoint. */
class SecretsIT {

    private static final String PASSWORD = "pa55-W0RD";
    private static final String TOKEN = "t0ken-T0KEN";
    private static final String KEY = "k3y-K3Y";

    @RegisterExtension
    final SecretScan scan = new SecretScan(TOKEN, KEY);

    @BeforeEach
    void name() {
        scan.password("ops", PASSWORD);
    }

    @Test
    void noSecretIsSaidAnywhere() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain().withBasicAuth("ops", PASSWORD));
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
                scan.add(failed.getException());
                scan.add(failed);
                scan.add(failed.getProperties());
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
                    scan.add(e);
                }
            }
            context.getEndpoints().forEach(endpoint -> scan.add(endpoint + " " + endpoint.getEndpointUri()));
            scan.addConsoles(context);
            scan.addJmx();
            context.stop();
        }

        assertThat(scan.said()).hasSizeGreaterThan(100);
        assertThat(scan.said()).anyMatch(text -> text.contains("EndpointUri=pushgateway:"));
    }

    @Test
    void whatIsToldToTheComponentIsNotEvenInCamelsOwnTrace() throws Exception {
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

        assertThat(scan.said()).hasSizeGreaterThan(100);
        // what Camel itself traces included
        assertThat(scan.everySaid()).allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD, KEY));
    }
}
