package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.test.infra.PushgatewayExtension;
import io.github.camelpushgateway.test.infra.PushgatewayGroup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that consume the groups of a real gateway. */
class PushgatewayConsumerIT extends ContextTestSupport {

    @RegisterExtension
    static final PushgatewayExtension GATEWAY = new PushgatewayExtension();

    private static final String OFTEN = "initialDelay=0&delay=100";

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @Override
    protected void prepare(CamelContext context) {
        gatewayOptions(context).setUrl(GATEWAY.url());
    }

    @Override
    protected void cleanupResources() throws Exception {
        super.cleanupResources();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            prepare(other);
            other.start();
            other.createProducerTemplate().sendBody("pushgateway:*?operation=sweep&sweepAll=true", null);
        }
        await().until(() -> GATEWAY.groups().isEmpty());
    }

    private void push(String job, Map<String, String> key, double value) {
        context.createProducerTemplate()
                .sendBodyAndHeaders(
                        "pushgateway:any?metricName=rows",
                        value,
                        Map.of(PushgatewayConstants.JOB, job, PushgatewayConstants.GROUPING_KEY, key));
    }

    private void report(String job, String interval) {
        context.createProducerTemplate()
                .sendBody("pushgateway:" + job + "?operation=report&reportInterval=" + interval, null);
    }

    private void route(String options, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("pushgateway:" + options).routeId("groups").process(processor);
            }
        });
    }

    private Map<String, Object> copy(Exchange exchange) {
        Map<String, Object> copy = new HashMap<>(exchange.getAllProperties());
        copy.put("body", exchange.getMessage().getBody());
        return copy;
    }

    @Test
    void exchangeOfGroupCanBeUsedToDeleteIt() throws Exception {
        context.start();
        push("tmp/1", Map.of("path", "a/b", "instance", "x"), 1);
        push("tmp/1", Map.of("path", "a"), 2);
        push("other", Map.of("path", "a/b"), 3);
        List<String> labels = new CopyOnWriteArrayList<>();
        List<Map<String, Object>> exchanges = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("pushgateway:tmp/*?" + OFTEN)
                        .process(exchange -> exchanges.add(copy(exchange)))
                        .transform(simple(
                                "${body.labels[job]} ${body.labels[path]} ${body.job} ${body.metrics[0].samples[0].value}"
                                        + " ${body.failed} ${body.age}"))
                        .process(exchange -> labels.add(exchange.getMessage().getBody(String.class)))
                        .to("pushgateway:any?operation=delete");
            }
        });

        await().untilAsserted(() -> assertThat(GATEWAY.groups())
                .extracting(PushgatewayGroup::labels)
                .containsExactly(Map.of("job", "other", "path", "a/b")));
        assertThat(labels).anyMatch(text -> text.startsWith("tmp/1 a/b tmp/1 1.0 false "));
        assertThat(labels).anyMatch(text -> text.startsWith("tmp/1 a tmp/1 2.0 false "));
        assertThat(exchanges.get(0))
                .containsEntry("CamelBatchIndex", 0)
                .containsEntry("CamelBatchSize", 2)
                .containsEntry("CamelBatchComplete", false);
        assertThat(exchanges.get(1)).containsEntry("CamelBatchIndex", 1).containsEntry("CamelBatchComplete", true);
    }

    @Test
    void groupMarshalsToJson() throws Exception {
        context.start();
        push("json", Map.of("region", "eu"), 1.5);
        List<String> texts = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("pushgateway:json?" + OFTEN)
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .process(exchange -> texts.add(exchange.getMessage().getBody(String.class)));
            }
        });

        await().until(() -> !texts.isEmpty());
        JsonNode json = new ObjectMapper().readTree(texts.get(0));
        assertThat(json.at("/labels/region").asText()).isEqualTo("eu");
        assertThat(json.at("/gateway").asText()).isEqualTo(GATEWAY.url());
        assertThat(json.at("/metrics/0/name").asText()).isEqualTo("rows");
        assertThat(json.at("/metrics/0/type").asText()).isEqualTo("gauge");
        assertThat(json.at("/metrics/0/samples/0/value").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/lastPush").asDouble()).isGreaterThan(1.7e9);
        assertThat(json.at("/lastFailure").isNull()).isTrue();
        assertThat(json.at("/failed").asBoolean(true)).isFalse();
        assertThat(json.at("/age").isDouble()).isTrue();
    }

    @Test
    void pollConsumesOldestGroupsUpToMaxMessagesPerPoll() throws Exception {
        context.start();
        push("first", Map.of(), 1);
        // the Date header has a resolution of seconds, and push times of nanoseconds
        push("second", Map.of(), 1);
        push("third", Map.of(), 1);
        Queue<String> jobs = new ConcurrentLinkedQueue<>();
        route(
                "*?maxMessagesPerPoll=2&newlyStaleOnly=true&staleAfter=1ms&initialDelay=0&delay=50",
                exchange -> jobs.add(exchange.getMessage().getHeader(PushgatewayConstants.JOB, String.class)));

        await().until(() -> jobs.size() >= 3);
        assertThat(jobs).containsExactly("first", "second", "third");
    }

    @Test
    void emptyExchangeIsSentWithoutGroupsIfEnabled() throws Exception {
        context.start();
        route("*?sendEmptyMessageWhenIdle=true&" + OFTEN, seen::add);

        await().until(() -> !seen.isEmpty());
        assertThat(seen.get(0).getMessage().getBody()).isNull();
    }

    @Test
    void groupIsConsumedOnceWhenItBecomesStale() throws Exception {
        context.start();
        push("job", Map.of(), 1);
        AtomicInteger polls = new AtomicInteger();
        context.getRegistry().bind("counting", new CountingStrategy(polls, new ConcurrentLinkedQueue<>()));
        Queue<Double> values = new ConcurrentLinkedQueue<>();
        AtomicBoolean failing = new AtomicBoolean(true);
        route("job?staleAfter=2s&newlyStaleOnly=true&pollStrategy=#counting&" + OFTEN, exchange -> {
            values.add(exchange.getMessage()
                    .getBody(GatewayGroup.class)
                    .metrics()
                    .get(0)
                    .samples()
                    .get(0)
                    .value());
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("the first alert is not delivered");
            }
        });
        assertThat(values).isEmpty();

        await().atMost(Duration.ofSeconds(20)).until(() -> values.size() == 2);
        awaitPolls(polls, 5);
        assertThat(values).containsExactly(1.0, 1.0);

        push("job", Map.of(), 2);
        await().atMost(Duration.ofSeconds(20)).until(() -> values.size() == 3);
        awaitPolls(polls, 5);
        assertThat(values).containsExactly(1.0, 1.0, 2.0);
    }

    @Test
    void groupIsConsumedOnceAfterItsOwnIntervals() throws Exception {
        context.start();
        report("secondly", "1s");
        report("daily", "1d");
        AtomicInteger polls = new AtomicInteger();
        context.getRegistry().bind("counting", new CountingStrategy(polls, new ConcurrentLinkedQueue<>()));
        Queue<String> jobs = new ConcurrentLinkedQueue<>();
        route(
                "*?staleAfter=2x&newlyStaleOnly=true&pollStrategy=#counting&" + OFTEN,
                exchange -> jobs.add(
                        exchange.getMessage().getBody(GatewayGroup.class).job()));

        await().atMost(Duration.ofSeconds(20)).until(() -> !jobs.isEmpty());
        awaitPolls(polls, 5);
        assertThat(jobs).containsExactly("secondly");

        report("secondly", "1s");
        await().atMost(Duration.ofSeconds(20)).until(() -> jobs.size() == 2);
        awaitPolls(polls, 5);
        assertThat(jobs).containsExactly("secondly", "secondly");
    }

    private static void awaitPolls(AtomicInteger polls, int more) {
        int before = polls.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> polls.get() >= before + more);
    }

    @Test
    void failedPollIsHandledByPollStrategy() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        context.getRegistry().bind("counting", new CountingStrategy(polls, failures));
        context.start();
        push("job", Map.of(), 1);
        AtomicBoolean down = new AtomicBoolean(true);
        context.getRegistry().bind("failing", (io.github.camelpushgateway.api.PushgatewayHandler) (request, next) ->
                down.get() ? io.github.camelpushgateway.api.GatewayResponse.of(404) : next.handle(request));
        route("*?pollStrategy=#counting&handler=#failing&" + OFTEN, seen::add);

        await().until(() -> failures.size() >= 2);
        assertThat(failures.peek())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("groups at " + GATEWAY.url() + " failed: it responded with 404")
                .hasMessageContaining("check the option url");
        assertThat(seen).isEmpty();
        down.set(false);

        await().until(() -> !seen.isEmpty());
    }

    @Test
    void invalidOptionsAreRejectedWhenRouteIsCreated() {
        context.start();
        assertRejected("*?groupingKey.region=${header.region}", "the groupingKey of a consumer contains an expression");
        assertRejected("*?newlyStaleOnly=true", "newlyStaleOnly requires staleAfter");
        assertRejected("*?staleAfter=soon", "staleAfter is 'soon', which is not a duration");
        assertRejected("*?staleAfter=0", "staleAfter is 0, and every group is older");
    }

    private void assertRejected(String options, String expectedMessage) {
        assertThatThrownBy(() -> route(options, seen::add)).hasStackTraceContaining(expectedMessage);
    }

    @Test
    void pollUsesCustomScheduler() throws Exception {
        context.start();
        push("job", Map.of(), 1);
        route("*?scheduler=quartz&scheduler.cron=*+*+*+*+*+?", seen::add);

        await().until(() -> seen.size() >= 2);
    }

    /** Poll strategy that counts successful polls and records the exceptions of failed polls. */
    private record CountingStrategy(AtomicInteger polls, Queue<Exception> failures)
            implements PollingConsumerPollStrategy {

        @Override
        public boolean begin(Consumer consumer, Endpoint endpoint) {
            return true;
        }

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            polls.incrementAndGet();
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
            failures.add(cause);
            return false;
        }
    }
}
