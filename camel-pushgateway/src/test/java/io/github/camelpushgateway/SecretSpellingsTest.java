package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.WireServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A secret does not appear in any output, for any spelling of its option. */
class SecretSpellingsTest {

    private static final String SECRET = "s3cret-S3CRET";

    @RegisterExtension
    final SecretScan scan = new SecretScan(SECRET);

    /** Options with a secret, together with the options that they require. */
    private static final List<String> SPELLINGS = List.of(
            "httpHeader.X-Key=" + SECRET,
            "httpHeader[X-Key]=" + SECRET,
            "httpHeader['X-Key']=" + SECRET,
            "http-header.X-Key=" + SECRET,
            "http-header[X-Key]=" + SECRET,
            "HTTPHEADER.X-Key=" + SECRET,
            "gateway.httpHeader.X-Key=" + SECRET,
            "gateway.http-header[X-Key]=" + SECRET,
            "?httpHeader.X-Key=" + SECRET,
            "httpHeader=X-Key=" + SECRET,
            "httpHeader={X-Key=" + SECRET + "}",
            "httpHeader.X-Key=RAW(a)" + SECRET + ")",
            "bearerToken=" + SECRET,
            "bearer-token=" + SECRET,
            "bearertoken=" + SECRET,
            "BEARERTOKEN=" + SECRET,
            "be-arer-token=" + SECRET,
            "gateway.bearerToken=" + SECRET,
            "gateway.bearer-token=" + SECRET,
            "bearerToken=RAW(" + SECRET + ")",
            "username=ops&password=" + SECRET,
            "username=ops&PassWord=" + SECRET,
            "username=ops&pass-word=" + SECRET,
            "username=ops&gateway.password=" + SECRET,
            "username=ops&gateway.pass-word=" + SECRET,
            "username=ops&password=RAW(a)" + SECRET + ")",
            "user-name=" + SECRET + "&password=x",
            "gateway.USERNAME=" + SECRET + "&password=x",
            "bearerToken=x&proxyUsername=ops&proxyPassword=" + SECRET,
            "bearerToken=x&proxyUsername=ops&proxy-password=" + SECRET,
            "bearerToken=x&proxyUsername=ops&gateway.proxyPassword=RAW(a)" + SECRET + ")",
            "bearerToken=x&proxyusername=" + SECRET + "&proxyPassword=x");

    private static final List<String> USER_INFO = List.of(
            "http://ops:" + SECRET + "@gateway:9091",
            "http://ops:" + SECRET + "%40gateway:9091",
            "http%3A%2F%2Fops%3A" + SECRET + "%40gateway",
            "ops:" + SECRET + "@gateway:9091",
            "http://ops:" + SECRET,
            "http://one:9091,http://ops:" + SECRET + "@gateway:9091/metrics/job/x",
            "http://ops:a%25" + SECRET + "@gateway");

    @Test
    void secretOfEndpointAppearsNowhere() throws Exception {
        try (WireServer server = new WireServer(WireServer.status(200, ""));
                DefaultCamelContext context = new DefaultCamelContext()) {
            // JMX exposes only endpoints that exist when the context starts
            List<Endpoint> endpoints = SPELLINGS.stream()
                    .map(options ->
                            context.getEndpoint("pushgateway:a?metricName=x&" + options + "&url=" + server.url()))
                    .toList();
            context.start();

            for (Endpoint endpoint : endpoints) {
                Exchange pushed = context.createProducerTemplate()
                        .request(endpoint, exchange -> exchange.getMessage().setBody(1));
                assertThat(pushed.getException()).isNull();
                scan.add(pushed);
                scan.add(pushed.getProperties());
                scan.add(endpoint);
                scan.add(endpoint.getEndpointUri());
                scan.add(endpoint.getEndpointBaseUri());
                scan.add(endpoint.getEndpointKey());
            }

            assertThat(server.requests())
                    .hasSameSizeAs(SPELLINGS)
                    .allMatch(request -> request.headers().keySet().stream()
                            .anyMatch(header -> header.equals("authorization") || header.equals("x-key")));
            scan.add(context.getEndpoints());
            scan.add(context.getEndpointRegistry().values());
            scan.addConsoles(context);
            scan.addJmx();
        }
        assertThat(scan.output().stream().filter(text -> text.contains("EndpointUri=pushgateway:")))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    /** Camel would include the URI in its own exception. */
    @Test
    void exceptionOfRejectedEndpointContainsNoSecret() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            for (String options : SPELLINGS) {
                for (String mistake : List.of("metricName=a b", "nonsense=1")) {
                    assertRejected(context, options + "&" + mistake);
                }
            }
            for (String url : USER_INFO) {
                assertRejected(context, "url=" + url);
                assertRejected(context, "URL=RAW(" + url + ")");
                assertRejected(context, "gateway.url=" + URLEncoder.encode(url, StandardCharsets.UTF_8));
            }
            for (String misspelt : List.of(
                    "pasword",
                    "proxyPasword",
                    "authToken",
                    "httpHeaders.X-Key",
                    "gateway.passwd",
                    "sslContextParameters.keyManagers.keyPassword")) {
                assertRejected(context, misspelt + "=" + SECRET);
            }
        }
    }

    @Test
    void secretOfComponentAppearsNowhere() throws Exception {
        for (String option : List.of(
                "httpHeader[X-Key]",
                "httpHeader.authorization",
                "configuration.http-header[X-Key]",
                "bearer-token",
                "BEARERTOKEN",
                "configuration.bearer-token")) {
            try (WireServer server = new WireServer(WireServer.status(200, ""));
                    DefaultCamelContext context = new DefaultCamelContext()) {
                PushgatewayComponent component = context.getComponent("pushgateway", PushgatewayComponent.class);
                // as in Camel Main, which logs the properties itself: see "Authentication and TLS" in the manual
                PropertyBindingSupport.build()
                        .withConfigurer(component.getComponentPropertyConfigurer())
                        .withIgnoreCase(true)
                        .withMandatory(true)
                        .bind(context, component, new HashMap<>(Map.of("url", server.url(), option, SECRET)));
                Endpoint endpoint = context.getEndpoint("pushgateway:a?metricName=x");
                context.start();

                context.createProducerTemplate().sendBody(endpoint, 1);

                assertThat(server.requests().get(0).headers().toString()).contains(SECRET);
                scan.add(endpoint);
                scan.add(component);
                scan.addConsoles(context);
                scan.addJmx();
            }
        }
    }

    @Test
    void otherOptionsAreNotRedacted() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            Endpoint endpoint = context.getEndpoint(
                    "pushgateway:a?metric-name=rows&httpHeader[X-Key]=" + SECRET + "&url=http://gateway/a@b");

            assertThat(endpoint.getEndpointUri())
                    .isEqualTo(
                            "pushgateway://a?httpHeader.X-Key=xxxxxx&metricName=rows&url=http%3A%2F%2Fgateway%2Fa%40b");
        }
    }

    private void assertRejected(DefaultCamelContext context, String options) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?" + options))
                .isInstanceOf(RuntimeCamelException.class)
                .hasMessageStartingWith("Failed to resolve endpoint: pushgateway://a?")
                .satisfies(scan::add);
    }
}
