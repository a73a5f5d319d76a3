package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.apache.camel.saga.InMemorySagaService;
import org.apache.camel.spi.RouteController;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint works in every place of a route after each start, stop, removal or addition of the route. */
class EndpointPlacesTest extends WireServerTestSupport {

    private static final String PUSH = "metricName=m&metricValue=1";
    private static final String REPORT = "operation=report";
    private static final String GROUPS = "{\"status\":\"success\",\"data\":[{\"labels\":{\"job\":\"a\"}}]}";
    private static final String LAZY = "&lazyStartProducer=true";

    private List<RoutePlace> places = RoutePlace.all();
    private int sent;

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @Override
    protected WireServer.Response response() {
        return (request, out) -> WireServer.status(200, request.method().equals("GET") ? GROUPS : "")
                .to(request, out);
    }

    static List<RoutePlace> places() {
        return RoutePlace.all();
    }

    private String uri(RoutePlace place, String options) {
        return "pushgateway:" + place.id() + "?" + options + "&maxRetries=0&url=" + server.url();
    }

    private void addTemplates(String options) throws Exception {
        for (RoutePlace place : places) {
            context.addRoutes(place.templates(uri(place, options)));
        }
    }

    private void addRoutes(String options, boolean autoStartup) throws Exception {
        for (RoutePlace place : places) {
            context.addRoutes(place.route(uri(place, options), autoStartup));
        }
    }

    /** Starts the context. Camel removes the service at each stop. */
    private void startContext() throws Exception {
        context.addService(new InMemorySagaService());
        context.start();
    }

    private interface Change {
        void of(RouteController routes, String id) throws Exception;
    }

    private void change(Change change) throws Exception {
        for (RoutePlace place : places) {
            change.of(context.getRouteController(), place.id());
        }
    }

    private void removeRoutes() throws Exception {
        for (String id :
                context.getRoutes().stream().map(route -> route.getRouteId()).toList()) {
            if (!id.startsWith("template-of")) {
                context.getRouteController().stopRoute(id);
                assertThat(context.removeRoute(id)).as(id).isTrue();
            }
        }
    }

    /** Uses a separate context per place, since another route could already have started the component. */
    @ParameterizedTest
    @MethodSource("places")
    void worksInOnlyRouteOfContext(RoutePlace place) throws Exception {
        places = List.of(place);
        // an exchange that creates the component is not reported, since its failures are unknown
        String options = place.isNamedByMessage() ? PUSH : REPORT;
        addTemplates(options);
        addRoutes(options, true);

        startContext();

        assertAllWork("after the start");
    }

    @ParameterizedTest
    @ValueSource(strings = {PUSH, REPORT + LAZY})
    void worksInRoutesThatExistAtStart(String options) throws Exception {
        addTemplates(options);
        addRoutes(options, true);
        startContext();
        assertAllWork("after the start");

        context.suspend();
        context.resume();
        assertAllWork("after the context was suspended and resumed");

        change(RouteController::suspendRoute);
        change(RouteController::resumeRoute);
        assertAllWork("after the routes were suspended and resumed");

        change(RouteController::stopRoute);
        change(RouteController::startRoute);
        assertAllWork("after the routes were stopped and started");

        context.stop();
        startContext();
        places = places.stream().filter(place -> !place.isLostInARestart()).toList();
        assertAllWork("after the context was stopped and started");
    }

    @ParameterizedTest
    @ValueSource(strings = {PUSH, REPORT + LAZY})
    void worksInRoutesAddedAfterStart(String options) throws Exception {
        startContext();
        addTemplates(options);
        addRoutes(options, true);
        assertAllWork("in routes that were added");

        removeRoutes();
        addRoutes(options, true);
        assertAllWork("in routes that were removed and added again");

        removeRoutes();
        addRoutes(options, false);
        change(RouteController::startRoute);
        assertAllWork("in routes without autoStartup that were started later");
    }

    @Test
    void worksInYamlOnCamelMainWithHealthChecks() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", server.url());
        main.addInitialProperty("camel.health.producersEnabled", "true");
        main.configure().withRoutesIncludePattern("classpath:places/early.yaml");
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:early", "1");

            assertThat(server.requests())
                    .extracting(WireServer.Request::path)
                    .containsExactlyInAnyOrder(
                            "/metrics/job/in-split", "/metrics/job/in-on-exception", "/metrics/job/in-on-completion");
            assertThat(HealthCheckHelper.getHealthCheckRepository(main.getCamelContext(), "producers").stream()
                            .filter(check -> check.getId().startsWith("producer:pushgateway"))
                            .map(check -> check.call().getState()))
                    .containsExactly(HealthCheck.State.UP, HealthCheck.State.UP, HealthCheck.State.UP);
        } finally {
            main.stop();
        }
    }

    /** In the place of a consumer, the endpoint lists the groups of the gateway. */
    @ParameterizedTest
    @ValueSource(strings = {"from", "pollEnrich", "poll", "pollEnrich in split"})
    void worksAsPolledEndpoint(String place) throws Exception {
        String uri = "pushgateway:*?initialDelay=0&maxRetries=0&url=" + server.url();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                switch (place) {
                    case "from" -> from(uri).routeId("polls").to("log:group?level=OFF");
                    case "poll" -> from("direct:in").routeId("polls").poll(uri, 2000);
                    case "pollEnrich" -> from("direct:in").routeId("polls").pollEnrich(uri, 2000);
                    default -> from("direct:in").routeId("polls").split(body()).pollEnrich(uri, 2000);
                }
            }
        });
        assertPolls(place, context::start);

        assertPolls(place, () -> {
            context.getRouteController().stopRoute("polls");
            context.getRouteController().startRoute("polls");
        });

        assertPolls(place, () -> {
            context.stop();
            context.start();
        });
    }

    private void assertPolls(String place, Executable start) throws Exception {
        int before = server.requests().size();
        start.run();
        if (!place.equals("from")) {
            context.createProducerTemplate().sendBody("direct:in", "1");
        }
        await().until(() -> server.requests().size() > before);
        assertThat(server.requests()).extracting(WireServer.Request::path).containsOnly("/api/v1/metrics");
    }

    private interface Executable {
        void run() throws Exception;
    }

    private void assertAllWork(String when) throws Exception {
        sent++;
        List<String> failed = new ArrayList<>();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            for (RoutePlace place : places) {
                if (template.request(
                                place.start(), exchange -> exchange.getMessage().setBody("1"))
                        .isFailed()) {
                    failed.add(place.name());
                }
            }
        }
        assertThat(failed).as("places that failed " + when).isEmpty();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(placesWithOtherPushes())
                        .as("places that failed " + when)
                        .isEmpty());
    }

    private List<String> placesWithOtherPushes() {
        List<String> paths =
                server.requests().stream().map(WireServer.Request::path).toList();
        return places.stream()
                .filter(place -> Collections.frequency(paths, "/metrics/job/" + place.id()) != sent)
                .map(RoutePlace::name)
                .toList();
    }
}
