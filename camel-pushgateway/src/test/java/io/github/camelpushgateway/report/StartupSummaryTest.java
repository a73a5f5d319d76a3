package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After the start, the log names the reported routes and their gateways, or warns that there are none. */
class StartupSummaryTest extends ContextTestSupport {

    private static final String GATEWAY = "http://127.0.0.1:9/prefix";
    private static final String URI = "pushgateway:${routeId}?username=u&password=RAW(s3cret)&url=" + GATEWAY;

    private final LogCapture factoryLog = LogCapture.of(PushgatewayRoutePolicyFactory.class, Level.INFO);
    private final LogCapture policyLog = LogCapture.of(PushgatewayRoutePolicy.class, Level.INFO);

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @Override
    protected void cleanupResources() throws Exception {
        super.cleanupResources();
        factoryLog.close();
        policyLog.close();
    }

    private static RouteBuilder routes(String... ids) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String id : ids) {
                    from("direct:" + id).routeId(id).to("log:" + id);
                }
            }
        };
    }

    private static void assertNoneMatches(List<String> lines, String pattern, String ids) {
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("'" + pattern + "'")
                .endsWith(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly-*", "nigthly-a,!a", "!*"})
    void patternThatMatchesNoRouteIsLoggedAsWarning(String pattern) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(pattern));
        context.addRoutes(routes("a", "b"));

        context.start();

        assertNoneMatches(factoryLog.lines(), pattern, "the ids are a, b");
    }

    @Test
    void longListOfIdsIsTruncated() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("nightly-*"));
        context.addRoutes(routes(IntStream.range(0, 30).mapToObj(i -> "r" + i).toArray(String[]::new)));

        context.start();

        assertNoneMatches(factoryLog.lines(), "nightly-*", ", r19 and 10 more");
    }

    @Test
    void contextWithoutRoutesIsNoReasonForAWarning() {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("nightly-*"));

        context.start();

        assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("no routes", "'nightly-*'");
    }

    @Test
    void reportedRoutesAreLoggedWithTheirGateway() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("nightly-*", URI));
        context.addRoutes(routes("nightly-a", "other", "nightly-b"));

        context.start();

        assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("nightly-a, nightly-b")
                .endsWith(GATEWAY);
        assertThat(policyLog.lines()).isEmpty();
    }

    @Test
    void routesAddedLaterAreLoggedWhenAdded() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("nightly-*", URI));
        context.start();

        context.addRoutes(routes("nightly-a", "other"));

        assertThat(policyLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("nightly-a")
                .endsWith(GATEWAY);
        assertThat(factoryLog.lines()).hasSize(1);
    }

    @Test
    void standalonePolicyIsLoggedWithItsGateway() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a")
                        .routeId("a")
                        .routePolicy(new PushgatewayRoutePolicy(URI))
                        .to("log:a");
            }
        });

        context.start();

        assertThat(policyLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains(" a ")
                .endsWith(GATEWAY);
    }

    @Test
    void eachStartOfTheContextIsLogged() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("nightly-*", URI));
        context.addRoutes(routes("nightly-a"));
        context.start();

        context.stop();
        context.start();

        assertThat(factoryLog.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith(GATEWAY));
    }

    /** A reload of routes creates the beans of the file again. */
    @Test
    void replacedFactoryHasNoRoutesAndNoWarning() throws Exception {
        context.getRegistry().bind("report", new PushgatewayRoutePolicyFactory("nightly-*", URI));
        context.start();
        context.getRegistry().bind("report", new PushgatewayRoutePolicyFactory("nightly-*", URI));
        context.addRoutes(routes("nightly-a"));
        assertThat(context.getRoute("nightly-a").getRoutePolicyList()).hasSize(1);
        context.stop();

        context.start();

        assertThat(factoryLog.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    /** How a factory is added to a context. */
    private enum Way {
        CONSTRUCTOR {
            @Override
            void add(CamelContext context, String pattern) {
                context.getRegistry().bind("report", new PushgatewayRoutePolicyFactory(pattern, URI));
            }
        },
        /** As Camel creates a bean of a file. */
        PROPERTIES {
            @Override
            void add(CamelContext context, String pattern) {
                PushgatewayRoutePolicyFactory factory =
                        context.getInjector().newInstance(PushgatewayRoutePolicyFactory.class);
                factory.setUri(URI);
                factory.setRoutes(pattern);
                context.getRegistry().bind("report", factory);
            }
        },
        CONTEXT {
            @Override
            void add(CamelContext context, String pattern) {
                context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(pattern, URI));
            }
        },
        SETTER {
            @Override
            void add(CamelContext context, String pattern) {
                PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory(pattern, URI);
                factory.setCamelContext(context);
            }
        };

        abstract void add(CamelContext context, String pattern);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void routesThatExistBeforeTheFactoryAreNamedInOneWarning(Way way) throws Exception {
        context.addRoutes(routes("nightly-a", "other", "nightly-b"));
        context.start();

        way.add(context, "nightly-*");

        assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains(" nightly-a, nightly-b are not reported", "before the Camel context starts", "'nightly-*'")
                .doesNotContain("other", "s3cret");
        context.addRoutes(routes("nightly-c"));
        assertThat(policyLog.lines()).singleElement().asString().contains(" nightly-c ");
    }

    /** Properties could follow, so this is logged a little later. */
    @Test
    void factoryForAllRoutesThatIsLateIsLoggedToo() throws Exception {
        context.addRoutes(routes("a", "b"));
        context.start();

        context.getRegistry().bind("report", new PushgatewayRoutePolicyFactory());

        await().untilAsserted(() -> assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains(" a, b are not reported", "'*'"));
    }

    @Test
    void factoryThatIsAddedToSuspendedContextIsLate() throws Exception {
        context.addRoutes(routes("nightly-a"));
        context.start();
        context.suspend();

        Way.CONSTRUCTOR.add(context, "nightly-*");

        assertThat(factoryLog.lines()).singleElement().asString().contains(" nightly-a are not reported");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void lateFactoryThatMissesNoRouteIsNoReasonForAWarning(Way way) throws Exception {
        context.addRoutes(routes("a", "b"));
        context.start();

        way.add(context, "nightly-*");

        assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("'nightly-*'", "the ids are a, b.");
    }

    @Test
    void lateFactoryOfContextWithoutRoutesIsLogged() {
        context.start();

        Way.CONSTRUCTOR.add(context, "nightly-*");

        assertThat(factoryLog.lines())
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("no routes");
    }

    /** A restart creates the policies again. */
    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"CONSTRUCTOR", "CONTEXT"})
    void lateFactoryReportsAllRoutesAfterARestart(Way way) throws Exception {
        context.addRoutes(routes("nightly-a"));
        context.start();
        way.add(context, "nightly-*");
        context.stop();
        context.start();

        assertThat(factoryLog.lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("INFO")
                .contains(" nightly-a ")
                .endsWith(GATEWAY);
    }

    /** A stop clears the registry. */
    @Test
    void boundFactoryReportsAfterARestart() throws Exception {
        Way.CONSTRUCTOR.add(context, "nightly-*");
        context.addRoutes(routes("nightly-a"));
        context.start();
        context.stop();
        context.start();

        assertThat(context.getRoute("nightly-a").getRoutePolicyList()).hasSize(1);
        assertThat(factoryLog.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" nightly-a ").endsWith(GATEWAY));
    }

    /** A reload that keeps the routes of other files. */
    @Test
    void routesOfAReplacedFactoryAreStillReported() throws Exception {
        Way.CONSTRUCTOR.add(context, "nightly-*");
        context.addRoutes(routes("nightly-a"));
        context.start();

        Way.PROPERTIES.add(context, "nightly-*");

        assertThat(factoryLog.lines())
                .last()
                .asString()
                .startsWith("INFO")
                .contains(" nightly-a are still reported by an earlier route policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly-*", "a"})
    void camelMainLogsReportedRoutes(String pattern) throws Exception {
        Main main = new Main();
        main.addInitialProperty(
                "camel.beans.report",
                "#class:" + PushgatewayRoutePolicyFactory.class.getName() + "(\"" + pattern + "\")");
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY);
        main.configure().addRoutesBuilder(routes("a", "b"));
        main.start();
        try {
            if (pattern.equals("a")) {
                assertThat(factoryLog.lines())
                        .singleElement()
                        .asString()
                        .startsWith("INFO")
                        .contains(" a ")
                        .endsWith(GATEWAY);
            } else {
                assertNoneMatches(factoryLog.lines(), pattern, "the ids are a, b");
            }
        } finally {
            main.stop();
        }
    }
}
