package io.github.camelpushgateway;

import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.LoggingLevel;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint whose consumers poll once a minute by default.
 *
 * <p>The fields declare Camel's own options again, and are not used: the metadata takes the descriptions, types and
 * defaults of options from the fields of the most specific class. The superclasses hold the values.
 */
@SuppressWarnings({"unused", "HidingField"})
abstract class PollingEndpoint extends ScheduledPollEndpoint {

    private static final int DEFAULT_INITIAL_DELAY = 1_000;
    private static final int DEFAULT_DELAY = 60_000;

    @UriParam(
            label = "consumer",
            description = "Whether to emit an exchange without a body if a poll finds no groups to emit.")
    private boolean sendEmptyMessageWhenIdle;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Whether a failed poll creates an exchange that the error handler of the route handles. By default,"
                            + " exceptionHandler handles a failed poll.")
    private boolean bridgeErrorHandler;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "A custom handler of failed polls, and of exchanges whose failure the error handler of the route has not"
                            + " handled. By default, these failures are logged at level WARN. The option has no effect with"
                            + " bridgeErrorHandler.")
    @Nullable
    private ExceptionHandler exceptionHandler;

    @UriParam(
            label = "consumer,advanced",
            description = "The exchange pattern of the exchanges that the consumer creates.")
    @Nullable
    private ExchangePattern exchangePattern;

    @UriParam(
            label = "consumer,advanced",
            description = "A custom strategy for polls. It may skip a poll, and may repeat a failed poll immediately."
                    + " By default, exceptionHandler handles a failed poll, and the next poll follows as scheduled.")
    @Nullable
    private PollingConsumerPollStrategy pollStrategy;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Whether the producer starts with its first exchange instead of with its route. A failed start then"
                            + " fails the exchange instead of the route.")
    private boolean lazyStartProducer;

    @UriParam(
            label = "consumer,scheduler",
            javaType = "java.time.Duration",
            defaultValue = "1m",
            description =
                    "The time between two polls, as a duration such as 10m or as a number in the unit of timeUnit. Each"
                            + " poll transfers all groups of the gateway.")
    private long delay;

    @UriParam(
            label = "consumer,scheduler",
            javaType = "java.time.Duration",
            defaultValue = "1s",
            description =
                    "The time before the first poll, as a duration such as 10s or as a number in the unit of timeUnit.")
    private long initialDelay;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "MILLISECONDS",
            description = "The unit of numbers in the options delay and initialDelay. It does not change their"
                    + " defaults. Durations such as 10m are rejected with any unit other than the default.")
    private TimeUnit timeUnit = TimeUnit.MILLISECONDS;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "true",
            description = "Whether the option delay is the time from the end of a poll to the start of the next one. If"
                    + " false, it is the time from start to start.")
    private boolean useFixedDelay;

    @UriParam(
            label = "consumer,scheduler",
            description =
                    "Whether to poll again immediately after a poll that emitted groups. Unless newlyStaleOnly is set or"
                            + " the route deletes the groups, the consumer then polls without a pause.")
    private boolean greedy;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "0",
            description = "The number of polls after which the consumer stops polling. 0 means no limit.")
    private long repeatCount;

    @UriParam(
            label = "consumer,scheduler",
            description =
                    "The number of polls to skip after several consecutive failed polls (backoffErrorThreshold) or"
                            + " several consecutive polls without groups to emit (backoffIdleThreshold). It requires at"
                            + " least one of these thresholds. 0 means that no polls are skipped.")
    private int backoffMultiplier;

    @UriParam(
            label = "consumer,scheduler",
            description =
                    "The number of consecutive failed polls after which backoffMultiplier polls are skipped. 0 means"
                            + " that failed polls do not count.")
    private int backoffErrorThreshold;

    @UriParam(
            label = "consumer,scheduler",
            description =
                    "The number of consecutive polls without groups to emit after which backoffMultiplier polls are"
                            + " skipped. 0 means that such polls do not count.")
    private int backoffIdleThreshold;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "TRACE",
            description = "The level at which the start and the end of each poll are logged.")
    private LoggingLevel runLoggingLevel = LoggingLevel.TRACE;

    @UriParam(
            label = "consumer,scheduler",
            description = "A custom thread pool for polls. By default, each consumer has a pool with one thread.")
    @Nullable
    private ScheduledExecutorService scheduledExecutorService;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "none",
            description = "The scheduler of polls. The default uses the options initialDelay and delay. The values"
                    + " quartz and spring use the cron expression in scheduler.cron, and require camel-quartz or"
                    + " camel-spring. Any other value is the name of a bean of the type"
                    + " ScheduledPollConsumerScheduler.")
    @Nullable
    private Object scheduler;

    @UriParam(
            label = "consumer,scheduler",
            prefix = "scheduler.",
            multiValue = true,
            description = "The properties of the scheduler, such as scheduler.cron.")
    @Nullable
    private Map<String, Object> schedulerProperties;

    @UriParam(
            label = "consumer,scheduler",
            defaultValue = "true",
            description = "Whether polls start with the route. If false, they start when an application calls"
                    + " startScheduler of the consumer.")
    private boolean startScheduler;

    PollingEndpoint(String uri, Component component) {
        super(uri, component);
    }

    @Override
    public long getDefaultDelay() {
        return DEFAULT_DELAY;
    }

    /** Returns the time between two polls in the unit of {@link #getTimeUnit}, rounded down. The default is one minute. */
    @Override
    public long getDelay() {
        long set = super.getDelay();
        return set < 0 ? getTimeUnit().convert(DEFAULT_DELAY, TimeUnit.MILLISECONDS) : set;
    }

    /**
     * Sets the options of a consumer. Times are set in milliseconds or a smaller unit, because Camel would round the
     * default delay of one minute down to 0 hours, and uses one unit for both times.
     */
    @Override
    protected void doConfigureConsumer(Consumer consumer) {
        super.doConfigureConsumer(consumer);
        if (consumer instanceof ScheduledPollConsumer polling) {
            TimeUnit unit = getTimeUnit().compareTo(TimeUnit.MILLISECONDS) < 0 ? getTimeUnit() : TimeUnit.MILLISECONDS;
            polling.setTimeUnit(unit);
            polling.setInitialDelay(time(getInitialDelay(), DEFAULT_INITIAL_DELAY, unit));
            polling.setDelay(time(super.getDelay(), DEFAULT_DELAY, unit));
        }
    }

    /** Returns a time in another unit. A negative time is not set. */
    private long time(long time, int defaultMillis, TimeUnit unit) {
        return time < 0 ? unit.convert(defaultMillis, TimeUnit.MILLISECONDS) : unit.convert(time, getTimeUnit());
    }
}
