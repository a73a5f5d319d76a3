package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.metrics.MetricType;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An option has the same meaning in each spelling that Camel accepts, in Java and in YAML. Ambiguous spellings are
 * rejected.
 */
class OptionSpellingsTest extends ContextTestSupport {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metricName=rows&metricType=counter",
                "metricname=rows&METRICTYPE=Counter",
                "METRICNAME=rows&metric-type=COUNTER",
                "metric-name=rows&Metric-Type=counter",
                "configuration.metricName=rows&configuration.metric-type=counter",
                "?metricName=rows&metricType= counter "
            })
    void optionIsReadInEachSpelling(String options) {
        PushgatewayConfiguration read = endpoint(options).getConfiguration();

        assertThat(read.getMetricName()).isEqualTo("rows");
        assertThat(read.getMetricType()).isEqualTo(MetricType.COUNTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "httpHeader.X-Scope-OrgID=tenant",
                "http-header.X-Scope-OrgID=tenant",
                "HTTPHEADER.X-Scope-OrgID=tenant",
                "httpHeader[X-Scope-OrgID]=tenant",
                "http-header['X-Scope-OrgID']=tenant",
                "gateway.httpHeader.X-Scope-OrgID=tenant",
                "gateway.http-header[X-Scope-OrgID]=tenant",
                "httpHeader=X-Scope-OrgID=tenant",
                "httpHeader={X-Scope-OrgID=tenant}",
                "httpHeader.X%2DScope%2DOrgID=tenant"
            })
    void httpHeaderKeepsItsNameInEachSpelling(String option) {
        assertThat(endpoint(option).getGateway().getHttpHeader()).isEqualTo(Map.of("X-Scope-OrgID", "tenant"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupingKey=region=eu,stage=load&labels=a=1,b=2",
                "groupingKey={region=eu, stage=load}&labels={b=2, a=1}",
                "grouping-key.region=eu&GROUPINGKEY.stage=load&labels[a]=1&Labels['b']=2",
                "groupingKey[region]=eu&configuration.groupingKey[stage]=load&configuration.labels.a=1&labels.b=2",
                "groupingKey=region=us&groupingKey[region]=eu&groupingKey.stage=load&labels=a=0,b=2&labels.a=1",
                "groupingKey=#key&labels=#bean:labels"
            })
    void mapIsReadInEachSpelling(String options) {
        context.getRegistry().bind("key", Map.of("region", "eu", "stage", "load"));
        context.getRegistry().bind("labels", Map.of("a", 1, "b", "2"));

        PushgatewayConfiguration read = endpoint(options).getConfiguration();

        assertThat(read.getGroupingKey()).isEqualTo(Map.of("region", "eu", "stage", "load"));
        assertThat(read.getLabels()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void mapMayBeObject() {
        PushgatewayEndpoint endpoint = (PushgatewayEndpoint) context.getEndpoint(
                "pushgateway:a",
                Map.of(
                        "groupingKey",
                        Map.of("region", "eu"),
                        "labels",
                        Map.of("stage", "load"),
                        "http-header",
                        Map.of("X-Key", "k")));

        assertThat(endpoint.getConfiguration().getGroupingKey()).isEqualTo(Map.of("region", "eu"));
        assertThat(endpoint.getConfiguration().getLabels()).isEqualTo(Map.of("stage", "load"));
        assertThat(endpoint.getGateway().getHttpHeader()).isEqualTo(Map.of("X-Key", "k"));
    }

    /** Camel sets these options itself, and only in the canonical spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"lazyStartProducer", "lazystartproducer", "lazy-start-producer", "LAZYSTARTPRODUCER"})
    void camelOptionIsReadInEachSpelling(String option) {
        assertThat(endpoint(option + "=true").isLazyStartProducer()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metricName=a&metric-name=b          | the option metricName is set twice, as metric-name and metricName",
                "metricName=a&METRICNAME=a           | the option metricName is set twice",
                "password=s3cret&pass-word=s3cret    | the option password is set twice",
                "metricName=a&metricName=b           | the option metricName is set twice; remove one",
                "password=s3cret&password=s3cret2    | the option password is set twice; remove one",
                "httpHeader.X-K=s3cret&httpHeader[X-K]=s3cret | the option httpHeader.X-K is set twice",
                "labels.a=1&labels[a]=2              | the option labels.a is set twice",
                "groupingKey=a=1&groupingKey=b=2     | the option groupingKey is set twice",
                "metricNam=x                         | unknown option metricNam; did you mean metricName?",
                "metric_name=x                       | unknown option metric_name; did you mean metricName?",
                "pasword=s3cret                      | unknown option pasword; did you mean password?",
                "groupingkeys.a=b                    | unknown option groupingkeys.a",
                "authToken=s3cret                    | unknown option authToken; remove it",
                "sslContextParameters.keyManagers.keyPassword=s3cret | unknown option sslContextParameters.keyManagers",
                "component.configuration.url=http://elsewhere:1 | unknown option component.configuration.url",
                "camelContext.name=x                 | unknown option camelContext.name",
                "job=b                               | unknown option job",
                "allowEmpty=yes                      | allowEmpty is 'yes'; write true or false",
                "groupingKey={a=b, c}                | the option groupingKey contains a map that cannot be parsed",
                "labels={a={b=c}}                    | the option labels contains a map that cannot be parsed",
                "labels={a=b                         | the option labels contains a map that cannot be parsed",
                "httpHeader=s3cret                   | the option httpHeader is invalid; write each header",
                "httpHeader=X-A=s3cret,s3cret        | the option httpHeader is invalid; write each header",
                "httpHeader={X-A=s3cret, s3cret}     | the option httpHeader is invalid; write each header",
                "httpHeader.XScopeOrgID=s3cret       | httpHeader.XScopeOrgID may have lost its dashes",
                "httpHeader.xApiKey=s3cret           | or xapikey if the name has no dash",
                "httpHeader={XKey=s3cret}            | httpHeader.XKey may have lost its dashes"
            })
    void ambiguousOrInvalidOptionIsRejected(String options, String expectedMessage) {
        assertThatThrownBy(() -> endpoint(options))
                .isInstanceOf(RuntimeCamelException.class)
                .hasMessageContaining(expectedMessage)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "apikey", "X-API-KEY", "Cookie", "x_Tenant", "te"})
    void unambiguousHeaderNameIsAccepted(String header) {
        assertThat(endpoint("httpHeader." + header + "=v").getGateway().getHttpHeader())
                .isEqualTo(Map.of(header, "v"));
    }

    @Test
    void yamlMapsAndSpellingsAreRead() throws Exception {
        PushgatewayEndpoint endpoint = yaml("""
                uri: pushgateway:b
                parameters:
                  METRICNAME: rows
                  metric-type: counter
                  groupingKey: {region: eu, stage: "${header.stage}"}
                  labels: {my_label: x}
                  httpHeader: "X-Scope-OrgID=a+b/c=="
                  bearer-token: "t+k=="
                """);

        assertThat(endpoint.getConfiguration().getMetricName()).isEqualTo("rows");
        assertThat(endpoint.getConfiguration().getMetricType()).isEqualTo(MetricType.COUNTER);
        assertThat(endpoint.getConfiguration().getGroupingKey())
                .isEqualTo(Map.of("region", "eu", "stage", "${header.stage}"));
        assertThat(endpoint.getConfiguration().getLabels()).isEqualTo(Map.of("my_label", "x"));
        assertThat(endpoint.getGateway().getHttpHeader()).isEqualTo(Map.of("X-Scope-OrgID", "a+b/c=="));
        assertThat(endpoint.getGateway().getBearerToken()).isEqualTo("t+k==");
    }

    @Test
    void yamlJobParameterIsRead() throws Exception {
        PushgatewayEndpoint endpoint = yaml("""
                uri: pushgateway
                parameters:
                  job: b
                  groupingKey: {region: eu}
                  labels: {stage: load}
                  httpHeader: {Authorization: Bearer x}
                """);

        assertThat(endpoint.getJob()).isEqualTo("b");
        assertThat(endpoint.getConfiguration().getGroupingKey()).isEqualTo(Map.of("region", "eu"));
        assertThat(endpoint.getConfiguration().getLabels()).isEqualTo(Map.of("stage", "load"));
        assertThat(endpoint.getGateway().getHttpHeader()).isEqualTo(Map.of("Authorization", "Bearer x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "httpHeader.X-Scope-OrgID: tenant",
                "http-header.x-scope-orgid: tenant",
                "httpHeader: {X-Scope-OrgID: tenant}"
            })
    void headerWithDashesLostInYamlIsRejected(String parameter) {
        assertThatThrownBy(() -> yaml("uri: pushgateway:b\nparameters:\n  " + parameter + "\n"))
                .hasMessageContaining("may have lost its dashes")
                .hasMessageContaining("write httpHeader: \"X-Key=value\" in YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels.my-label: x",
                "\"labels[my-label]\": x",
                "LABELS.my-label: x",
                "configuration.labels.my-label: x",
                "labels: {my-label: x}",
                "labels: {other: y, my-label: x}",
                "groupingKey.my-label: x",
                "grouping-key.my-label: x",
                "\"groupingKey[my-label]\": x",
                "groupingKey: {my-label: x}",
                "groupingKey: {my-label: \"${header.x}\"}"
            })
    void labelWithDashLostInYamlIsRejected(String parameter) {
        assertThatThrownBy(() -> yaml("uri: pushgateway:b\nparameters:\n  " + parameter + "\n"))
                .hasMessageContaining("the label my-label in")
                .hasMessageContaining("route.yaml")
                .hasMessageContaining("write my_label");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- from: {uri: direct:x, steps: [{toD: %s}]}",
                "- from: {uri: direct:x, steps: [{wireTap: %s}]}",
                "- from: {uri: direct:x, steps: [{split: {simple: \"${body}\", steps: [{to: %s}]}}]}",
                "- from: {uri: direct:x, steps: [{multicast: {steps: [{to: %s}]}}]}",
                "- from: {uri: direct:x, steps: [{doTry: {steps: [{log: x}], doCatch: [{exception: [java.io.IOException],"
                        + " steps: [{to: %s}]}]}}]}",
                "- onException: {exception: [java.lang.Exception], handled: {constant: \"true\"}, steps: [{to: %s}]}\n"
                        + "- from: {uri: direct:x, steps: [{log: x}]}",
                "- onCompletion: {steps: [{to: %s}]}\n- from: {uri: direct:x, steps: [{log: x}]}",
                "- routeConfiguration: {onException: [{onException: {exception: [java.lang.Exception], steps: [{to: %s}]}}]}\n"
                        + "- from: {uri: direct:x, steps: [{log: x}]}",
                "- routeTemplate: {id: t, from: {uri: direct:x, steps: [{to: %s}]}}\n"
                        + "- templatedRoute: {routeTemplateRef: t}",
                "- from: {uri: direct:x, steps: [{log: {message: a, message: b}}, {to: %s}]}",
                "- from: {uri: direct:x, steps: [{setBody: {simple: !other \"a\"}}, {to: %s}]}",
                "{apiVersion: camel.apache.org/v1, kind: Pipe, metadata: {name: p}, spec: {source: {uri: \"direct:x\"},"
                        + " sink: {uri: \"pushgateway:b\", properties: {labels.my-label: x}}}}",
                "- from: {uri: direct:x, steps: [{to: {uri: \"direct:y\"}}]}\n"
                        + "- route: {id: y, from: {uri: direct:y, steps: [{to: %s}]}}"
            })
    void labelWithDashIsRejectedInEveryPlace(String routes) {
        String endpoint = "{uri: \"pushgateway:b\", parameters: {groupingKey: {region: eu}, labels.my-label: x}}";

        assertThatThrownBy(() -> {
                    PluginHelper.getRoutesLoader(context)
                            .loadRoutes(ResourceHelper.fromString("route.yaml", routes.replace("%s", endpoint)));
                    // toD creates its endpoint when there is an exchange
                    context.createProducerTemplate().sendBody("direct:x", "1");
                })
                .rootCause()
                .hasMessageContaining("the label my-label in")
                .hasMessageContaining("write my_label");
    }

    @ParameterizedTest
    @CsvSource({"zone-1, zone_1", "my-long-label, my_long_label", "a-B, a_B"})
    void labelWithDashIsRejectedForAnyNextCharacter(String label, String legal) {
        assertThatThrownBy(() -> yaml("uri: pushgateway:b\nparameters: {groupingKey: {" + label + ": x}}\n"))
                .hasMessageContaining("the label " + label + " in")
                .hasMessageContaining("write " + legal);
    }

    @Test
    void labelOfOtherComponentMayHaveDash() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "other.yaml",
                                "- from: {uri: direct:x, steps: [{to: {uri: \"mock:x\", parameters: {labels: {my-label: x}}}}]}"));

        assertThat(endpoint("labels.myLabel=x").getConfiguration().getLabels()).isEqualTo(Map.of("myLabel", "x"));
    }

    /** Developers correct a label while the context runs. */
    @Test
    void correctedAndReloadedRouteIsAccepted() throws Exception {
        String route = "- route: {from: {uri: direct:x, steps: [{to: {uri: \"pushgateway:b\","
                + " parameters: {labels: {LABEL: x}}}}]}}";
        assertThatThrownBy(() -> PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString("r.yaml", route.replace("LABEL", "my-label"))))
                .hasMessageContaining("write my_label");

        PluginHelper.getRoutesLoader(context)
                .updateRoutes(ResourceHelper.fromString("r.yaml", route.replace("LABEL", "myLabel")));

        assertThat(only(context).getConfiguration().getLabels()).isEqualTo(Map.of("myLabel", "x"));
    }

    @Test
    void consumerLabelWithDashIsRejected() {
        assertThatThrownBy(() -> PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString(
                                "route.yaml",
                                "- from: {uri: \"pushgateway:b\", parameters: {groupingKey.my-label: x},"
                                        + " steps: [{log: x}]}")))
                .hasMessageContaining("the label my-label in");
    }

    /** A context without the route model has no YAML. */
    @Test
    void contextWithoutRouteModelAcceptsAnyLabel() throws Exception {
        try (SimpleCamelContext simple = new SimpleCamelContext()) {
            simple.start();

            assertThat(simple.getEndpoint("pushgateway:a?labels.myLabel=x", PushgatewayEndpoint.class)
                            .getConfiguration()
                            .getLabels())
                    .isEqualTo(Map.of("myLabel", "x"));
        }
    }

    @Test
    void labelInCamelCaseIsKept() throws Exception {
        PushgatewayEndpoint endpoint = yaml("""
                uri: pushgateway:b
                parameters:
                  metric-name: rows
                  labels: {myLabel: x}
                  groupingKey.theKey: y
                  httpHeader: "my-label=x"
                """);

        assertThat(endpoint.getConfiguration().getLabels()).isEqualTo(Map.of("myLabel", "x"));
        assertThat(endpoint.getConfiguration().getGroupingKey()).isEqualTo(Map.of("theKey", "y"));
    }

    @ParameterizedTest
    @CsvSource({
        "httpHeader[X-Scope-OrgID], X-Scope-OrgID",
        "http-header[X-Scope-OrgID], X-Scope-OrgID",
        "httpHeader, X-Scope-OrgID",
        "httpHeader.authorization, authorization"
    })
    void componentHeaderPropertyIsReadInEachSpelling(String option, String header) throws Exception {
        String value = option.contains(".") || option.contains("[") ? "tenant" : header + "=tenant";
        PushgatewayEndpoint endpoint = component(Map.of(option, value));

        assertThat(endpoint.getGateway().getHttpHeader()).isEqualTo(Map.of(header, "tenant"));
    }

    @Test
    void headerWithDashesLostInPropertiesIsRejected() {
        assertThatThrownBy(() -> component(Map.of("http-header.X-Scope-OrgID", "s3cret")))
                .hasMessageContaining("httpHeader.XScopeOrgID may have lost its dashes")
                .hasMessageContaining("httpHeader[X-Key] in properties")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retryDelay", "retry-delay", "RETRYDELAY"})
    void componentOptionIsReadInEachSpelling(String option) throws Exception {
        assertThat(component(Map.of(option, "1m30s")).getGateway().getRetryDelay())
                .isEqualTo(90_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operation=pushadd&records=5            | records has no effect with operation=pushadd; remove it, or use"
                        + " operation=report",
                "records=5                              | records has no effect with operation=pushadd",
                "operation=push&recordsFailed=5         | recordsFailed has no effect with operation=push",
                "operation=delete&reportPrefix=x        | reportPrefix has no effect with operation=delete",
                "operation=push&reportInterval=24h      | reportInterval has no effect with operation=push; remove it,"
                        + " or use operation=report",
                "operation=push&reportCounters=true     | reportCounters has no effect with operation=push; remove it,"
                        + " or use operation=report",
                "operation=push&reportStart=true        | reportStart has no effect with operation=push",
                "operation=groups&reportInterval=24h    | reportInterval has no effect with operation=groups",
                "operation=groups&reportPrefix=x        | reportPrefix has an effect on the selection of groups only with"
                        + " staleAfter=2x or another number of intervals; remove it, or set staleAfter=2x",
                "operation=groups&reportPrefix=1-x&staleAfter=2x | 1-x_interval_seconds",
                "operation=sweep&reportPrefix=x&staleAfter=24h | reportPrefix has an effect on the selection of groups only",
                "operation=push&staleAfter=24h          | staleAfter has no effect with operation=push; remove it, or use"
                        + " operation=groups or operation=sweep",
                "operation=groups&metricName=x          | metricName has no effect with operation=groups",
                "operation=status&labels.a=b            | labels.a has no effect with operation=status",
                "operation=sweep&staleAfter=1h&gaugeHeaders=x | gaugeHeaders has no effect with operation=sweep",
                "operation=report&metricHelp=x          | metricHelp has no effect with operation=report",
                "operation=report&allowEmpty=true       | allowEmpty has no effect with operation=report",
                "operation=push&sweepAll=true           | sweepAll has no effect with operation=push",
                "newlyStaleOnly=true                    | newlyStaleOnly has no effect with operation=pushadd; remove it,"
                        + " or use it with a consumer",
                "maxMessagesPerPoll=5                   | maxMessagesPerPoll has no effect"
            })
    void producerRejectsOptionOfAnotherOperation(String options, String expectedMessage) {
        Endpoint endpoint = endpoint(options);

        assertThatThrownBy(endpoint::createProducer).hasMessageContaining(expectedMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metricName=x",
                "labels.a=b",
                "registry=#metrics",
                "records=5",
                "allowEmpty=true",
                "dryRun=true",
                "sweepAll=true",
                "gaugeHeaders=x",
                "reportInterval=24h",
                "reportStart=true",
                "reportCounters=true"
            })
    void consumerRejectsProducerOption(String option) {
        context.getRegistry().bind("metrics", new PrometheusRegistry());
        Endpoint endpoint = endpoint(option);

        assertThatThrownBy(() -> endpoint.createConsumer(exchange -> {}))
                .hasMessageContaining("has no effect on a consumer; remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operation=delete&metricName=x&metricValue=1",
                "operation=delete&allowEmpty=false",
                "operation=push&dryRun=false&sweepAll=false&newlyStaleOnly=false",
                "operation=groups&dryRun=true&staleAfter=1h",
                "operation=report&records=5&labels.a=b",
                "operation=report&reportInterval=24h&reportPrefix=x",
                "operation=groups&reportPrefix=x&staleAfter=2x",
                "operation=sweep&reportPrefix=x&staleAfter=1.5x",
                "delay=5s&format=protobuf&onPushFailure=warn"
            })
    void optionWithoutConflictIsAccepted(String options) {
        assertThat(endpoint(options).createProducer()).isNotNull();
    }

    /** {@code GatewayUrlTest} covers all forms of the URL. */
    @Test
    void urlWithRequestPathIsRejectedOnEndpointAndComponent() {
        assertThatThrownBy(() -> endpoint("url=http://host:9091/prefix/metrics/job/x"))
                .hasMessageContaining(
                        "the URL of the gateway ends in /metrics/job/x, which is the path of a request; the"
                                + " component adds it, so write http://host:9091/prefix");
        assertThatThrownBy(() -> yaml("uri: pushgateway:b\nparameters: {url: \"localhost:9091/metrics\"}\n"))
                .hasMessageContaining("so write http://localhost:9091");
        for (String option : List.of("url", "URL", "configuration.url")) {
            assertThatThrownBy(() -> component(Map.of(option, "http://one:9091,http://host:9091/metrics")))
                    .hasMessageContaining("so write http://host:9091");
        }
    }

    private PushgatewayEndpoint endpoint(String options) {
        return context.getEndpoint("pushgateway:a?" + options, PushgatewayEndpoint.class);
    }

    private PushgatewayEndpoint yaml(String to) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.yaml", """
                        - route:
                            from:
                              uri: direct:yaml
                              steps:
                                - to:
                        """ + to.indent(12)));
        return only(context);
    }

    /** Starts a context with the properties of the component, and returns its only endpoint. */
    private static PushgatewayEndpoint component(Map<String, String> properties) throws Exception {
        Main main = new Main();
        main.configure().withDurationHitExitCode(0);
        properties.forEach((option, value) -> main.addInitialProperty("camel.component.pushgateway." + option, value));
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to("pushgateway:a");
            }
        });
        main.start();
        try {
            return only((ModelCamelContext) main.getCamelContext());
        } finally {
            main.stop();
        }
    }

    private static PushgatewayEndpoint only(ModelCamelContext context) {
        List<PushgatewayEndpoint> endpoints = context.getEndpoints().stream()
                .filter(PushgatewayEndpoint.class::isInstance)
                .map(PushgatewayEndpoint.class::cast)
                .toList();
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }
}
