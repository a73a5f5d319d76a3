package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.PushgatewayComponent;
import io.github.camelpushgateway.PushgatewayConstants;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selection of the reported routes, configuration of the policy, and reports of special routes. */
class RoutePolicyIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    @TempDir
    Path inbox;

    private final CountingHandler counting = new CountingHandler();

    @Override
    protected void prepare(CamelContext context) {
        prepare(context.getComponent("pushgateway", PushgatewayComponent.class));
    }

    private void prepare(PushgatewayComponent component) {
        component.getConfiguration().setUrl(GATEWAY.url());
        component.getConfiguration().setHandler(counting);
    }

    private List<String> jobs() {
        return counting.requests().stream()
                .map(request -> request.substring("POST /metrics/job/".length()))
                .toList();
    }

    private Exchange run(String route) {
        return context.createProducerTemplate()
                .request("direct:" + route, exchange -> exchange.getMessage().setBody(route));
    }

    private void addRoutes(String... ids) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String id : ids) {
                    from("direct:" + id).routeId(id).to("log:" + id + "?level=OFF");
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                         | nightly-a nightly-test other",
                "nightly-*                 | nightly-a nightly-test",
                "nightly-*, !nightly-test  | nightly-a",
                "!nightly-*                | other",
                "other,nightly-a           | nightly-a other",
                "nightly-[at].*            | nightly-a nightly-test",
            })
    void onlyMatchingRoutesAreReported(String pattern, String reported) throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(pattern));
        addRoutes("nightly-a", "nightly-test", "other");

        run("nightly-a");
        run("nightly-test");
        run("other");

        assertThat(jobs()).containsExactly(reported.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,,b", "!", "a,!"})
    void emptyPatternIsRejected(String pattern) {
        assertThatThrownBy(() -> new PushgatewayRoutePolicyFactory(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nightly-*,!nightly-test");
    }

    @Test
    void reportUsesOptionsOfUri() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(
                "*",
                "pushgateway:etl ${routeId}?groupingKey=region=eu&groupingKey.kind=${header.kind}&reportPrefix=etl"
                        + "&labels.stage=load&maxRetries=0"));
        addRoutes("url with/slash");

        context.createProducerTemplate().sendBodyAndHeader("direct:url with/slash", "", "kind", "full");

        PushgatewayGroup group = GATEWAY.group("job", "etl url with/slash", "region", "eu", "kind", "full")
                .orElseThrow();
        assertThat(group.value("etl_success")).isEqualTo(1);
        assertThat(group.family("etl_success").samples().get(0).labels()).containsEntry("stage", "load");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pushgateway:a?operation=push", "log:a", "pushgateway:a?nonsense=1", "pushgateway:a?url=ftp://x"
            })
    void invalidUriPreventsStartOfRoute(String uri) {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*", uri));

        assertThatThrownBy(() -> addRoutes("a")).hasStackTraceContaining("pushgateway");
    }

    @Test
    void headersOfEarlierStepHaveNoEffectOnReport() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("work"));
        addRoutes("work");

        Exchange exchange = context.createProducerTemplate()
                .request(
                        "direct:work",
                        it -> it.getMessage()
                                .setHeaders(new java.util.HashMap<>(Map.of(
                                        PushgatewayConstants.JOB,
                                        "other",
                                        PushgatewayConstants.OPERATION,
                                        "delete",
                                        PushgatewayConstants.GROUPING_KEY,
                                        "a=b",
                                        "kept",
                                        "yes"))));

        assertThat(counting.requests()).containsExactly("POST /metrics/job/work");
        assertThat(exchange.getMessage().getHeaders()).hasSize(4);
    }

    @Test
    void yamlRouteRefersToPolicy() throws Exception {
        context.getRegistry().bind("reported", new PushgatewayRoutePolicy());
        // Camel 4.18.1 renamed the key, and no version accepts both
        String key = context.getVersion().equals("4.18.0") ? "routePolicy" : "routePolicyRef";
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.yaml", """
                        - route:
                            id: yaml-route
                            %s: reported
                            from:
                              uri: direct:yaml-route
                              steps:
                                - log: done
                        """.formatted(key)));

        run("yaml-route");

        assertThat(jobs()).containsExactly("yaml-route");
    }

    @Test
    void xmlRouteRefersToPolicy() throws Exception {
        context.getRegistry().bind("reported", new PushgatewayRoutePolicy());
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.xml", """
                        <route id="xml-route" routePolicyRef="reported">
                          <from uri="direct:xml-route"/>
                          <log message="done"/>
                        </route>
                        """));

        run("xml-route");

        assertThat(jobs()).containsExactly("xml-route");
    }

    @Test
    void calledRouteIsReportedOnlyIfCallerIsNotReported() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("sub,both-*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller").routeId("caller").to("direct:sub").process(exchange -> {
                    throw new IllegalStateException("after the reported route");
                });
                from("direct:sub").routeId("sub").to("log:sub?level=OFF");
                from("direct:both-caller").routeId("both-caller").to("direct:both-sub", "direct:both-sub");
                from("direct:both-sub").routeId("both-sub").to("log:sub?level=OFF");
            }
        });

        assertThat(run("caller").getException()).isNotNull();
        assertThat(jobs()).containsExactly("sub");
        // a later failure of the caller does not fail the called route
        assertThat(GATEWAY.group("job", "sub").orElseThrow().value("job_success"))
                .isEqualTo(1);

        run("both-caller");
        assertThat(jobs()).containsExactly("sub", "both-caller");
    }

    @Test
    void deadLetterRouteDoesNotFailBecauseOfOriginalFailure() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("dead-*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead-letters"));
                from("direct:failing").routeId("failing").process(exchange -> {
                    throw new IllegalStateException("failed");
                });
                from("direct:dead-letters").routeId("dead-letters").to("seda:dead-later");
                from("seda:dead-later?pollTimeout=10").routeId("dead-later").to("log:dead?level=OFF");
            }
        });

        run("failing");
        await().until(() -> jobs().size() == 2);

        assertThat(jobs()).containsExactlyInAnyOrder("dead-letters", "dead-later");
        for (String job : jobs()) {
            assertThat(GATEWAY.group("job", job).orElseThrow().value("job_success"))
                    .as(job)
                    .isEqualTo(1);
        }
    }

    @Test
    void routeIsReportedForEachCall() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("sub-*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller")
                        .routeId("caller")
                        .loop(2)
                        .to("direct:sub-a")
                        .end()
                        .to("direct:sub-b");
                from("direct:sub-a").routeId("sub-a").to("log:sub?level=OFF");
                from("direct:sub-b").routeId("sub-b").throwException(new IllegalStateException("failed"));
            }
        });

        run("caller");

        assertThat(jobs()).containsExactly("sub-a", "sub-a", "sub-b");
        assertThat(success("sub-b")).isZero();
    }

    @Test
    void routeThatCallsItselfIsOneRun() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("again-and"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller").routeId("caller").to("direct:again-and");
                from("direct:again-and")
                        .routeId("again-and")
                        .choice()
                        .when(exchangeProperty("inner").isNull())
                        .setProperty("inner", constant(true))
                        .to("direct:again-and")
                        .throwException(new IllegalStateException("after the inner call"))
                        .end();
            }
        });

        run("caller");

        assertThat(jobs()).containsExactly("again-and");
        assertThat(success("again-and")).isZero();
    }

    @Test
    void asynchronouslyCalledRouteIsSeparateRun() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sender")
                        .routeId("sender")
                        .wireTap("direct:tapped")
                        .to("seda:queued")
                        .throwException(new IllegalStateException("failed after sending to the queue"));
                from("direct:tapped").routeId("tapped").throwException(new IllegalStateException("failed"));
                from("seda:queued?pollTimeout=10").routeId("queued").to("log:queued?level=OFF");
            }
        });

        run("sender");
        await().until(() -> jobs().size() >= 3);
        context.stop();

        assertThat(jobs()).containsExactlyInAnyOrder("sender", "tapped", "queued");
        assertThat(success("sender")).isZero();
        assertThat(success("tapped")).isZero();
        assertThat(success("queued")).isEqualTo(1);
    }

    private static double success(String job) {
        return GATEWAY.group("job", job).orElseThrow().value("job_success");
    }

    @Test
    void failureCaughtByDoTryIsSuccess() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("recovering"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).to("log:seen?level=OFF");
                from("direct:recovering")
                        .routeId("recovering")
                        .errorHandler(noErrorHandler())
                        .doTry()
                        .to("direct:failing")
                        .doCatch(IllegalStateException.class)
                        .to("log:caught?level=OFF")
                        .end();
                from("direct:failing").routeId("failing").throwException(new IllegalStateException("failed"));
            }
        });

        run("recovering");

        assertThat(success("recovering")).isEqualTo(1);
    }

    @Test
    void failedExpressionFailsNeitherJobNorReport() throws Exception {
        context.getRegistry().bind("failing", new Failing());
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory(
                "counted-*", "pushgateway:${routeId}?records=${bean:failing?method=fail}"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:counted-a").routeId("counted-a").to("log:counted?level=OFF");
                from("direct:step")
                        .to("pushgateway:counted-b?operation=report&records=${bean:failing?method=fail}")
                        .to("pushgateway:counted-c?operation=report&labels.x=${bean:failing?method=fail}")
                        .to("mock:after");
            }
        });

        assertThat(run("counted-a").getException()).isNull();
        assertThat(run("step").getException()).isNull();

        assertThat(success("counted-a")).isEqualTo(1);
        assertThat(success("counted-b")).isEqualTo(1);
        assertThat(GATEWAY.group("job", "counted-a").orElseThrow().has("job_records_processed"))
                .isFalse();
        // a report with an invalid label is not sent but logged
        assertThat(GATEWAY.group("job", "counted-c")).isEmpty();
        assertThat(context.getEndpoint("mock:after", org.apache.camel.component.mock.MockEndpoint.class)
                        .getReceivedCounter())
                .isEqualTo(1);
    }

    /** Bean whose method fails. */
    public static final class Failing {
        public int fail() {
            throw new IllegalStateException("no count");
        }
    }

    @Test
    void aggregationsAreReportedForAnyStrategyAndInBranches() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("grouping,branching"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:grouping")
                        .routeId("grouping")
                        .aggregate(
                                constant(true),
                                new org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy())
                        .completionSize(2)
                        .throwException(new IllegalStateException("failed after the aggregation"));
                from("direct:branching")
                        .routeId("branching")
                        .choice()
                        .when(body().isEqualTo("aggregated"))
                        .aggregate(
                                constant(true),
                                new org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy())
                        .completionSize(2)
                        .to("log:aggregated?level=OFF");
            }
        });

        run("grouping");
        assertThat(jobs()).isEmpty();
        run("grouping");
        await().until(() -> jobs().size() == 1);
        assertThat(success("grouping")).isZero();

        run("branching");
        assertThat(jobs()).containsExactly("grouping", "branching");
    }

    @Test
    void pooledExchangeDoesNotKeepEarlierFailure() throws Exception {
        Main main = new Main();
        main.configure().withExchangeFactory("pooled");
        main.bind("report", new PushgatewayRoutePolicyFactory("pooled"));
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.bind("counting", counting);
        main.addInitialProperty("camel.component.pushgateway.handler", "#bean:counting");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:pooled?repeatCount=2&delay=0&period=200&includeMetadata=true")
                        .routeId("pooled")
                        .onException(IllegalStateException.class)
                        .handled(true)
                        .end()
                        .process(exchange -> {
                            if (exchange.getProperty(Exchange.TIMER_COUNTER, Integer.class) == 1) {
                                throw new IllegalStateException("failed");
                            }
                        });
            }
        });

        main.start();
        try {
            await().until(() -> jobs().size() == 2);
        } finally {
            main.stop();
        }
        assertThat(success("pooled")).isEqualTo(1);
        assertThat(GATEWAY.group("job", "pooled").orElseThrow().has("job_last_failure_unixtime"))
                .isTrue();
    }

    @Test
    void eachStartByCronIsRun() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("cron-*"));
        AtomicInteger runs = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cron:each-second?schedule=0/1+*+*+*+*+?")
                        .routeId("cron-each-second")
                        .process(exchange -> runs.incrementAndGet());
            }
        });

        await().until(() -> jobs().size() >= 2);
        context.stop();

        assertThat(jobs()).hasSize(runs.get()).containsOnly("cron-each-second");
        assertThat(success("cron-each-second")).isEqualTo(1);
    }

    @Test
    void routesFromTemplatesAreReportedButRoutesOfKameletsAreNot() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("loading")
                        .templateParameter("name")
                        .from("direct:{{name}}")
                        .to("log:{{name}}?level=OFF");
                routeTemplate("source")
                        .from("timer:source?repeatCount=1&delay=0")
                        .to("kamelet:sink");
                routeTemplate("sinking").from("kamelet:source").to("log:sink?level=OFF");
            }
        });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:report-test-source").routeId("with-kamelets").to("kamelet:report-test-sink");
            }
        });
        context.addRouteFromTemplate("templated", "loading", Map.of("name", "templated"));

        run("templated");
        await().until(() -> jobs().size() >= 2);
        context.stop();

        assertThat(jobs()).containsExactlyInAnyOrder("templated", "with-kamelets");
    }

    @Test
    void restartedAndResumedRoutesAreReported() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("*"));
        addRoutes("again");
        run("again");

        context.getRouteController().stopRoute("again");
        context.getRouteController().startRoute("again");
        run("again");
        context.getRouteController().suspendRoute("again");
        context.getRouteController().resumeRoute("again");
        run("again");
        context.getRouteController().stopRoute("again");
        context.removeRoute("again");
        addRoutes("again");
        run("again");

        assertThat(jobs()).containsExactly("again", "again", "again", "again");
    }

    @Test
    void failedPollIsFailedRun() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("polling"));
        context.getRegistry().bind("failing", (org.apache.camel.component.file.GenericFileFilter<Object>) file -> {
            throw new IllegalStateException("the disk is not available");
        });
        Files.writeString(inbox.resolve("file"), "a file");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=100&repeatCount=1&filter=#failing")
                        .routeId("polling")
                        .to("mock:never");
            }
        });

        await().until(() -> !jobs().isEmpty());
        PushgatewayGroup group = GATEWAY.group("job", "polling").orElseThrow();
        assertThat(group.value("job_success")).isZero();
        assertThat(group.has("job_last_failure_unixtime")).isTrue();
        assertThat(group.has("job_last_success_unixtime")).isFalse();
        assertThat(jobs()).containsExactly("polling");
    }

    @Test
    void failedExchangeIsReportedOnlyOnce() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("failing-*"));
        for (int i = 0; i < 2; i++) {
            Files.writeString(inbox.resolve("file" + i), "a file");
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=0&repeatCount=1&moveFailed=.failed")
                        .routeId("failing-files")
                        .throwException(new IllegalStateException("failed"));
                from("timer:failing?repeatCount=1&delay=0")
                        .routeId("failing-timer")
                        .throwException(new IllegalStateException("failed"));
            }
        });

        await().until(() -> jobs().size() >= 2);
        context.stop();

        assertThat(jobs()).containsExactlyInAnyOrder("failing-files", "failing-timer");
    }

    @Test
    void singlePropertyConfiguresReports() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.url", GATEWAY.url());
        main.addInitialProperty(
                "camel.beans.report", "#class:" + PushgatewayRoutePolicyFactory.class.getName() + "(\"by-*\")");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work").routeId("by-properties").to("log:work?level=OFF");
            }
        });
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:work", "");
        } finally {
            main.stop();
        }

        assertThat(GATEWAY.group("job", "by-properties").orElseThrow().value("job_success"))
                .isEqualTo(1);
    }

    @Test
    void propertiesConfigureRoutesAndUri() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.beans.report", "#class:" + PushgatewayRoutePolicyFactory.class.getName());
        main.addInitialProperty("camel.beans.report.routes", "reported-*,!reported-not");
        main.addInitialProperty(
                "camel.beans.report.uri",
                "pushgateway:${routeId}?groupingKey=region=eu&records=${exchangeProperty.rows}&url=" + GATEWAY.url());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work").routeId("reported-all").setProperty("rows", constant(7));
                from("direct:not").routeId("reported-not").to("log:work?level=OFF");
            }
        });
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:work", "");
            main.getCamelTemplate().sendBody("direct:not", "");
        } finally {
            main.stop();
        }

        PushgatewayGroup group =
                GATEWAY.group("job", "reported-all", "region", "eu").orElseThrow();
        assertThat(group.value("job_records_processed")).isEqualTo(7);
        assertThat(GATEWAY.groups())
                .noneMatch(other -> "reported-not".equals(other.labels().get("job")));
    }

    @Test
    void factoryAddedTwiceReportsOnce() throws Exception {
        PushgatewayRoutePolicyFactory factory = new PushgatewayRoutePolicyFactory("twice");
        context.addRoutePolicyFactory(factory);
        context.addRoutePolicyFactory(factory);
        context.getRegistry().bind("factory", factory);
        addRoutes("twice");

        run("twice");

        assertThat(jobs()).containsExactly("twice");
    }

    @Test
    void pendingReportCompletesBeforeContextStops() throws Exception {
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("last"));
        var pushing = new java.util.concurrent.CountDownLatch(1);
        var stopping = new java.util.concurrent.CountDownLatch(1);
        context.getComponent("pushgateway", PushgatewayComponent.class)
                .getConfiguration()
                .setHandler((request, next) -> {
                    pushing.countDown();
                    try {
                        stopping.await();
                    } catch (InterruptedException e) {
                        throw new java.io.IOException(e);
                    }
                    return counting.handle(request, next);
                });
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:last?repeatCount=1&delay=0").routeId("last").to("log:last?level=OFF");
            }
        });
        pushing.await();
        Thread stop = new Thread(context::stop);
        stop.start();
        await().until(context::isStopping);
        assertThat(jobs()).isEmpty();

        stopping.countDown();
        stop.join();

        assertThat(jobs()).containsExactly("last");
        assertThat(GATEWAY.group("job", "last").orElseThrow().value("job_success"))
                .isEqualTo(1);
    }
}
