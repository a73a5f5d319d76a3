package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy releases its resources when its route is removed, and works when the route is added again. */
class PolicyLifecycleTest extends WireServerTestSupport {

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // the MBeans of a context are counted, too
        test.withEnableJMX();
    }

    @Override
    protected WireServer.Response response() {
        return WireServer.status(202, "");
    }

    /** Objects that a context retains. */
    private record Retained(
            List<String> endpoints,
            List<String> services,
            long healthChecks,
            List<String> notifiers,
            int managedObjects) {

        static Retained by(CamelContext context) throws Exception {
            return new Retained(
                    context.getEndpoints().stream()
                            .map(Endpoint::getEndpointUri)
                            .sorted()
                            .toList(),
                    context.getCamelContextExtension().getServices().stream()
                            .map(service -> service.getClass().getName())
                            .filter(service -> service.startsWith("io.github.camelpushgateway"))
                            .sorted()
                            .toList(),
                    HealthCheckHelper.getHealthCheckRepository(context, "producers").stream()
                            .count(),
                    context.getManagementStrategy().getEventNotifiers().stream()
                            .map(EventNotifier::toString)
                            .sorted()
                            .toList(),
                    ManagementFactory.getPlatformMBeanServer()
                            .queryNames(
                                    new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*"),
                                    null)
                            .size());
        }
    }

    private void addRoute(String id, PushgatewayRoutePolicy... policies) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId(id).routePolicy(policies).to("log:a?level=OFF");
            }
        });
    }

    private void addAggregatingRoute(String id, PushgatewayRoutePolicy... policies) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routeId(id)
                        .routePolicy(policies)
                        .aggregate(constant(1), (all, next) -> next)
                        .completionSize(1)
                        .to("log:a?level=OFF");
            }
        });
    }

    private void remove(String id) throws Exception {
        context.getRouteController().stopRoute(id);
        assertThat(context.removeRoute(id)).isTrue();
    }

    private void run(int reports) {
        Exchange exchange = context.createProducerTemplate().request("direct:in", it -> {});
        assertThat(exchange.getException()).isNull();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> server.requests().size() == reports);
    }

    private String uri(String job) {
        return "pushgateway:" + job + "?url=" + server.url();
    }

    @ParameterizedTest
    @ValueSource(strings = {"factory", "policy of the route"})
    void removedRoutesAreNotRetained(String how) throws Exception {
        PushgatewayRoutePolicy[] policies = {};
        if (how.equals("factory")) {
            context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*", uri("${routeId}")));
        } else {
            policies = new PushgatewayRoutePolicy[] {new PushgatewayRoutePolicy(uri("${routeId}"))};
        }
        addAggregatingRoute("first", policies);
        run(1);
        remove("first");
        Retained before = Retained.by(context);

        for (int i = 0; i < 50; i++) {
            if (i % 10 == 0) {
                addAggregatingRoute("route-" + i, policies);
            } else {
                addRoute("route-" + i, policies);
            }
            run(i + 2);
            remove("route-" + i);
        }

        assertThat(Retained.by(context)).isEqualTo(before);
        assertThat(before.endpoints()).noneMatch(endpoint -> endpoint.startsWith("pushgateway"));
    }

    @Test
    void endpointIsKeptWhileAnotherRouteIsReportedThroughIt() throws Exception {
        PushgatewayRoutePolicy policy = new PushgatewayRoutePolicy(uri("a"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").routeId("other").routePolicy(policy).to("log:a?level=OFF");
            }
        });
        addRoute("removed", policy);

        remove("removed");

        assertThat(endpoints()).hasSize(1);
        remove("other");
        assertThat(endpoints()).isEmpty();
    }

    @Test
    void endpointIsKeptIfRouteSendsToIt() throws Exception {
        String uri = uri("a") + "&operation=report";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:user").to(uri);
            }
        });
        addRoute("removed", new PushgatewayRoutePolicy(uri));

        remove("removed");

        assertThat(endpoints()).hasSize(1);
        assertThat(((StatefulService) endpoints().iterator().next()).isStarted())
                .isTrue();
        context.createProducerTemplate().sendBody("direct:user", "");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void policyReportsReplacedRoute() throws Exception {
        PushgatewayRoutePolicy policy = new PushgatewayRoutePolicy(uri("a"));
        addRoute("same", policy);
        run(1);

        addRoute("same", policy);

        run(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"factory", "policy"})
    void routeIsReportedAfterEachKindOfRestart(String how) throws Exception {
        PushgatewayRoutePolicy[] policies = {};
        if (how.equals("factory")) {
            context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*", uri("a")));
        } else {
            policies = new PushgatewayRoutePolicy[] {new PushgatewayRoutePolicy(uri("a"))};
        }
        addRoute("same", policies);
        run(1);

        context.getRouteController().suspendRoute("same");
        context.getRouteController().resumeRoute("same");
        run(2);

        context.getRouteController().stopRoute("same");
        context.getRouteController().startRoute("same");
        run(3);

        context.suspend();
        context.resume();
        run(4);

        remove("same");
        addRoute("same", policies);
        run(5);

        context.stop();
        context.start();
        run(6);
    }

    @Test
    void reportIsNotIntercepted() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                interceptSendToEndpoint("pushgateway*")
                        .skipSendToOriginalEndpoint()
                        .to("log:intercepted?level=OFF");
                from("direct:unused").to("log:a?level=OFF");
            }
        });
        addRoute("a", new PushgatewayRoutePolicy(uri("a")));

        run(1);
        remove("a");

        assertThat(endpoints()).isEmpty();
    }

    private Collection<Endpoint> endpoints() {
        return context.getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointUri().startsWith("pushgateway"))
                .toList();
    }

    /** A reload of routes creates the beans of the file again. */
    @Test
    void replacedFactoryNoLongerReports() throws Exception {
        for (int reload = 1; reload <= 3; reload++) {
            context.getRegistry().bind("report", new PushgatewayRoutePolicyFactory("a", uri("job")));
            addRoute("a");

            run(reload);

            assertThat(context.getRoute("a").getRoutePolicyList()).hasSize(1);
            remove("a");
        }
    }
}
