package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.camelpushgateway.report.ExpectedReports.Flow;
import io.github.camelpushgateway.report.ExpectedReports.Verdict;
import io.github.camelpushgateway.report.RandomRoute.Failure;
import io.github.camelpushgateway.report.RandomRoute.Nested;
import io.github.camelpushgateway.report.RandomRoute.Report;
import io.github.camelpushgateway.report.RandomRoute.Scope;
import io.github.camelpushgateway.report.RandomRoute.Step;
import io.github.camelpushgateway.report.RandomRoute.Try;
import io.github.camelpushgateway.report.SentReports.SentReport;
import io.github.camelpushgateway.report.SimulatedExchange.EndlessRetriesException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random routes: the policy and {@code operation=report} must report the outcome that a simulation of the route
 * predicts. {@code -Drandom.routes} sets the number of routes, and {@code -Drandom.seed} the first seed.
 */
class RandomRoutesTest extends ReportTestSupport {

    private static final int ROUTES = Integer.getInteger("random.routes", 100);
    private static final long FIRST_SEED = Long.getLong("random.seed", 1);
    /** Maximum number of cached producers, since each may retain a removed route. */
    private static final int MAX_PRODUCERS = 5;

    private static final int MAX_FINDINGS = Integer.getInteger("random.findings", 5);

    /** Camel logs each failure with its stack trace. */
    private final Logger errorLog = (Logger) LoggerFactory.getLogger("org.apache.camel");

    private final Logger reportLog = (Logger) LoggerFactory.getLogger("io.github.camelpushgateway");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> covered = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private int endless;

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(5);
    }

    @Override
    protected void setupResources() {
        errorLog.setLevel(Level.OFF);
        reportLog.setLevel(Level.WARN);
    }

    @Override
    protected void prepare(CamelContext context) throws Exception {
        super.prepare(context);
        // concurrent parts report to the same group
        gatewayOptions(context).setCoalesce(false);
        context.addRoutePolicyFactory(new PushgatewayRoutePolicyFactory("run-*"));
        context.addRoutes(new RandomRouteBuilder.SharedRoutes());
    }

    @BeforeEach
    void start() {
        template = context.createProducerTemplate(MAX_PRODUCERS);
    }

    @Override
    protected void cleanupResources() throws Exception {
        super.cleanupResources();
        threads.shutdown();
        errorLog.setLevel(null);
        reportLog.setLevel(null);
    }

    @Test
    void reportsMatchSimulationOfRoute() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUTES && findings.size() < MAX_FINDINGS; seed++) {
            RandomRoute route = new RandomRoute(seed);
            try {
                ExpectedReports expected = new ExpectedReports(route);
                run(route, expected);
                cover(route, expected);
            } catch (EndlessRetriesException e) {
                endless++;
            } catch (TimeoutException e) {
                // an exchange that never ends is not reported
                findings.add(route + "never ends");
            }
        }

        assertThat(String.join("\n", findings)).isEmpty();
        assertThat(endless).as("skipped routes").isLessThanOrEqualTo(ROUTES / 100);
        if (ROUTES >= 100) {
            assertThat(covered).as("%s", covered).containsKeys(all());
        }
    }

    private void run(RandomRoute route, ExpectedReports expected) throws Exception {
        context.addRoutes(new RandomRouteBuilder(route, threads));
        Exchange ran = template.asyncSend(
                        "direct:" + route.scope.id(), exchange -> exchange.setPattern(ExchangePattern.InOnly))
                .get(10, TimeUnit.SECONDS);
        awaitReports(expected);
        awaitQueues();
        remove(route);
        compare(route, expected, ran);
    }

    private void remove(RandomRoute route) throws Exception {
        for (Route each : context.getRoutes()) {
            if (!each.getRouteId().startsWith("shared-")) {
                context.getRouteController().stopRoute(each.getRouteId());
                context.removeRoute(each.getRouteId());
            }
        }
        for (var endpoint : context.getEndpoints()) {
            if (endpoint.getEndpointUri().contains(route.scope.id())) {
                context.removeEndpoint(endpoint);
            }
        }
        // Camel retains the producers of removed routes, which refer to the routes that they called
        for (Producer producer : context.hasServices(Producer.class)) {
            if (producer.getEndpoint().getEndpointUri().contains(route.scope.id())) {
                context.removeService(producer);
            }
        }
    }

    /** Waits for the reports of asynchronously sent exchanges. */
    private void awaitReports(ExpectedReports expected) {
        try {
            org.awaitility.Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> expected.byJob().entrySet().stream()
                            .allMatch(each -> reports.of(each.getKey()).size()
                                    >= each.getValue().size()));
        } catch (ConditionTimeoutException e) {
            // the comparison shows which report is missing
        }
    }

    /**
     * Waits for queued exchanges. They may have an onCompletion of the route, which never ends if the route is removed
     * before.
     */
    private void awaitQueues() {
        for (String queue : List.of("failing", "report")) {
            template.request("seda:" + queue + "?waitForTaskToComplete=Always", last -> {});
        }
    }

    private void compare(RandomRoute route, ExpectedReports expected, Exchange ran) {
        List<String> wrong = new ArrayList<>();
        String run = route.scope.id();
        for (String job : jobs(run, expected)) {
            List<Verdict> expectedVerdicts = expected.byJob().getOrDefault(job, List.of());
            List<Verdict> sent =
                    reports.of(job).stream().map(RandomRoutesTest::verdict).toList();
            if (!sorted(expectedVerdicts).equals(sorted(sent))) {
                wrong.add(job + " must be " + expectedVerdicts + ", but was " + sent);
            }
        }
        reports.clear();
        if (!wrong.isEmpty()) {
            findings.add(route + "must end " + expected.flow() + ", ended with " + ran.getException() + "\n  "
                    + String.join("\n  ", wrong));
        }
    }

    private static List<Verdict> sorted(List<Verdict> verdicts) {
        return verdicts.stream().sorted().toList();
    }

    private List<String> jobs(String run, ExpectedReports expected) {
        return Stream.concat(
                        expected.byJob().keySet().stream(),
                        reports.jobs().stream()
                                .filter(job -> job.equals(run) || job.startsWith(run + "-"))
                                // a wire tap of an exchange that is rolled back may have a separate dead letter
                                .filter(job -> !job.endsWith("-dead")))
                .distinct()
                .sorted()
                .toList();
    }

    private static Verdict verdict(SentReport report) {
        if (report.isSuccess()) {
            return Verdict.SUCCESS;
        }
        return report.isFailure() ? Verdict.FAILURE : Verdict.CONTRADICTORY;
    }

    private void cover(RandomRoute route, ExpectedReports expected) {
        count(route.failure);
        count(route.completion);
        count(expected.flow());
        cover(route.scope);
        cover(route.onCompletion);
    }

    private void cover(Scope scope) {
        if (!scope.id().isEmpty()) {
            count(scope.errors());
        }
        cover(scope.handler());
        cover(scope.steps());
    }

    private void cover(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Nested nested) {
                count(nested.eip());
                cover(nested.scope());
            } else if (step instanceof Report report) {
                count(report.carrier());
            } else if (step instanceof RandomRoute.HarmlessStep harmless) {
                count(harmless.kind());
            } else if (step instanceof Try tried) {
                cover(tried.steps());
            }
        }
    }

    private void count(Enum<?> value) {
        covered.merge(name(value), 1, Integer::sum);
    }

    private static String name(Enum<?> value) {
        return value.getDeclaringClass().getSimpleName() + '.' + value;
    }

    private static String[] all() {
        return Stream.<Enum<?>[]>of(
                        Failure.values(),
                        RandomRoute.ErrorHandling.values(),
                        RandomRoute.Completion.values(),
                        RandomRoute.Eip.values(),
                        RandomRoute.ValueForm.values(),
                        RandomRoute.Harmless.values(),
                        Flow.values())
                .flatMap(Arrays::stream)
                .filter(value -> RandomRoute.WITH_KAMELETS || !value.name().equals("KAMELET"))
                .map(RandomRoutesTest::name)
                .toArray(String[]::new);
    }
}
