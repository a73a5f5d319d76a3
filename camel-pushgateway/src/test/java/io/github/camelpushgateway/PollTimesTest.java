package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times at which a consumer polls do not depend on {@code timeUnit} unless they are numbers. */
class PollTimesTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    private final RecordingExecutor executor = new RecordingExecutor();

    @BeforeAll
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        CONTEXT.close();
    }

    @AfterEach
    void stopExecutor() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                           PT1S,    PT1M",
        "delay=5,                                      PT1S,    PT0.005S",
        "delay=5s,                                     PT1S,    PT5S",
        "initialDelay=2,                               PT0.002S,PT1M",
        "initialDelay=2s,                              PT2S,    PT1M",
        "initialDelay=0,                               PT0S,    PT1M",
        "initialDelay=2s&delay=5,                      PT2S,    PT0.005S",
        "initialDelay=2&delay=5s,                      PT0.002S,PT5S",
        "timeUnit=MILLISECONDS,                        PT1S,    PT1M",
        "timeUnit=MILLISECONDS&initialDelay=2s&delay=5s,PT2S,   PT5S",
        "timeUnit=SECONDS,                             PT1S,    PT1M",
        "timeUnit=SECONDS&delay=5,                     PT1S,    PT5S",
        "timeUnit=SECONDS&initialDelay=2,              PT2S,    PT1M",
        "timeUnit=SECONDS&initialDelay=0,              PT0S,    PT1M",
        "timeUnit=SECONDS&initialDelay=2&delay=5,      PT2S,    PT5S",
        "timeUnit=MINUTES,                             PT1S,    PT1M",
        "timeUnit=MINUTES&delay=5,                     PT1S,    PT5M",
        "timeUnit=MINUTES&initialDelay=2,              PT2M,    PT1M",
        "timeUnit=MINUTES&initialDelay=2&delay=5,      PT2M,    PT5M",
        "timeUnit=HOURS,                               PT1S,    PT1M",
        "timeUnit=HOURS&initialDelay=2,                PT2H,    PT1M",
        "timeUnit=DAYS&delay=5,                        PT1S,    PT120H",
        "timeUnit=MICROSECONDS,                        PT1S,    PT1M",
        "timeUnit=MICROSECONDS&initialDelay=2&delay=5, PT0.000002S, PT0.000005S",
        "timeUnit=NANOSECONDS&initialDelay=2,          PT0.000000002S, PT1M"
    })
    void consumerPollsAtTheTimesOfItsOptions(String options, Duration initialDelay, Duration delay) throws Exception {
        start(endpoint(options));

        assertThat(executor.initialDelay).isEqualTo(initialDelay);
        assertThat(executor.delay).isEqualTo(delay);
    }

    @ParameterizedTest
    @CsvSource({"'', 60000", "timeUnit=SECONDS, 60", "timeUnit=MINUTES, 1", "timeUnit=SECONDS&delay=5, 5"})
    void endpointReturnsTheDelayInItsUnit(String options, long delay) {
        assertThat(endpoint(options).getDelay()).isEqualTo(delay);
    }

    @Test
    void timesSetInJavaUseTimeUnitThatIsSetLater() throws Exception {
        PushgatewayEndpoint endpoint = CONTEXT.getEndpoint("pushgateway:java", PushgatewayEndpoint.class);
        endpoint.setDelay(5);
        endpoint.setTimeUnit(TimeUnit.MINUTES);

        start(endpoint);

        assertThat(executor.initialDelay).isEqualTo(Duration.ofSeconds(1));
        assertThat(executor.delay).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"delay,        SECONDS", "delay,        MINUTES", "initialDelay, SECONDS", "initialDelay, MINUTES"})
    void durationIsRejectedWithAnotherTimeUnit(String option, String timeUnit) {
        String expectedMessage = "which includes a unit; remove timeUnit, or write a number without a unit";

        assertThatThrownBy(() -> endpoint(option + "=5s&timeUnit=" + timeUnit))
                .hasMessageContaining(option + " is '5s', " + expectedMessage);
        assertThatThrownBy(() -> CONTEXT.getComponent("pushgateway", PushgatewayComponent.class)
                        .createEndpoint(
                                "pushgateway:a",
                                Map.of(option, Duration.ofSeconds(5), "timeUnit", TimeUnit.valueOf(timeUnit))))
                .hasMessageContaining(option + " is 'PT5S', " + expectedMessage);
    }

    private PushgatewayEndpoint endpoint(String options) {
        return CONTEXT.getEndpoint("pushgateway:a?" + options, PushgatewayEndpoint.class);
    }

    /** Starts a consumer, which schedules its polls, and stops it before the first poll. */
    private void start(PushgatewayEndpoint endpoint) throws Exception {
        endpoint.setScheduledExecutorService(executor);
        Consumer consumer = endpoint.createConsumer(exchange -> {});
        consumer.start();
        consumer.stop();
    }

    /** Executor that records the times of a task, and never runs it. */
    private static final class RecordingExecutor extends ScheduledThreadPoolExecutor {

        @Nullable
        private Duration initialDelay;

        @Nullable
        private Duration delay;

        RecordingExecutor() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long between, TimeUnit unit) {
            initialDelay = Duration.of(initial, unit.toChronoUnit());
            delay = Duration.of(between, unit.toChronoUnit());
            return schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }
}
