package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.StaleAfter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A duration option is either parsed exactly or rejected with the accepted syntax. */
class DurationOptionsTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    private static final List<String> OPTIONS = List.of(
            "connectTimeout", "requestTimeout", "retryDelay", "reportInterval", "staleAfter", "delay", "initialDelay");

    @BeforeAll
    @BeforeContainer
    static void start() {
        CONTEXT.start();
    }

    @AfterAll
    @AfterContainer
    static void stop() throws Exception {
        CONTEXT.close();
    }

    static Stream<Arguments> accepted() {
        Map<String, Long> texts = Map.ofEntries(
                Map.entry("1500", 1_500L),
                Map.entry(" 1500 ", 1_500L),
                Map.entry("500ms", 500L),
                Map.entry("500MS", 500L),
                Map.entry("500 millis", 500L),
                Map.entry("2s", 2_000L),
                Map.entry("2S", 2_000L),
                Map.entry("2 s", 2_000L),
                Map.entry("2sec", 2_000L),
                Map.entry("1 second", 1_000L),
                Map.entry("1m", 60_000L),
                Map.entry("5 min", 300_000L),
                Map.entry("1 minute", 60_000L),
                Map.entry("1m30s", 90_000L),
                Map.entry("1h", 3_600_000L),
                Map.entry("24H", 86_400_000L),
                Map.entry("1h30m", 5_400_000L),
                Map.entry("1h 30m", 5_400_000L),
                Map.entry("1 h", 3_600_000L),
                Map.entry("1d", 86_400_000L),
                Map.entry("2days", 172_800_000L),
                Map.entry("1d2h3m4s5ms", 93_784_005L),
                Map.entry("1 day 2 hours", 93_600_000L),
                Map.entry("PT5S", 5_000L),
                Map.entry("pt1m", 60_000L),
                Map.entry("P1D", 86_400_000L),
                Map.entry("PT1.5S", 1_500L));
        return OPTIONS.stream()
                .flatMap(option -> texts.entrySet().stream()
                        .filter(text -> !option.equals("reportInterval") || text.getValue() >= 1_000)
                        .map(text -> Arguments.of(option, text.getKey(), text.getValue())));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void validDurationIsParsed(String option, String text, long millis) throws Exception {
        assertThat(millis(option, text)).isEqualTo(millis);
    }

    static Stream<Arguments> rejected() {
        return OPTIONS.stream()
                .flatMap(option -> Stream.of(
                                "1mo",
                                "1M",
                                "1H30M",
                                "2w",
                                "1y",
                                "+5",
                                "-5",
                                "-1s",
                                "+5s",
                                "1.5s",
                                "1,5s",
                                "30s1m",
                                "1s1s",
                                "1m30",
                                "s",
                                "ms",
                                "soon",
                                "1msx",
                                "5us",
                                "5ns",
                                "0x10",
                                "1_000",
                                "٣s",
                                "PT",
                                "P",
                                "PT5",
                                "P1Y",
                                "P1M",
                                "-PT5S",
                                "PT-5S",
                                "PT0.0005S",
                                "99999999999999999999",
                                "999999999999d",
                                "9223372036854775807",
                                "PT9999999999999999S")
                        .map(text -> Arguments.of(option, text)));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void invalidDurationIsRejected(String option, String text) {
        assertThatThrownBy(() -> millis(option, text))
                .hasMessageEndingWith(
                        option + " is '" + text + "', which is not a duration; write it as 500ms, 10s, 1m30s,"
                                + " 24h or 7d, with the largest unit first");
    }

    @ParameterizedTest
    @CsvSource({
        "requestTimeout=0,            requestTimeout is 0 ms",
        "requestTimeout=0s,           requestTimeout is 0 ms",
        "connectTimeout=0s,           connectTimeout is 0 ms",
        "requestTimeout=25d,          set a duration between 1 ms and 24 days",
        "delay=0,                     delay is 0",
        "delay=0s,                    delay is 0",
        "operation=sweep&staleAfter=0s,  every group is older than that",
        "operation=groups&staleAfter=0,  every group is older than that",
        "staleAfter=PT0S,                every group is older than that",
        "operation=sweep&staleAfter=24,  write a unit",
        "operation=groups&stale-after=24, write a unit",
        "staleAfter=24,                   'write a unit, such as 24h or 24ms'",
        "staleAfter= 999,                 write a unit",
        "operation=report&reportInterval=0,      'reportInterval is 0, which is in milliseconds; write the time from'",
        "operation=report&reportInterval=0s,     'reportInterval is 0s; write the time from one run to the next'",
        "operation=report&report-interval=24,    'reportInterval is 24, which is in milliseconds;'",
        "operation=report&reportInterval=999ms,  'at least 1s, such as 24h'",
        "operation=report&reportInterval=-24h,   'reportInterval is ''-24h'', which is not a duration'",
        "operation=report&reportInterval=daily,  'reportInterval is ''daily'', which is not a duration'",
        "operation=report&reportInterval=24x,    'reportInterval is ''24x'', which is not a duration'",
        "delay=10s&timeUnit=SECONDS,      'delay is ''10s'', which includes a unit; remove timeUnit'",
        "initialDelay=1m&time-unit=minutes, 'which includes a unit'"
    })
    void implausibleDurationIsRejected(String options, String expectedMessage) {
        assertThatThrownBy(() -> endpoint(options)).hasMessageContaining(expectedMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "2x,    2x job_interval_seconds",
        "2X,    2x job_interval_seconds",
        "' 2 x', 2x job_interval_seconds",
        "1x,    1x job_interval_seconds",
        "1.50x, 1.5x job_interval_seconds",
        "100x,  100x job_interval_seconds"
    })
    void staleAfterIsANumberOfIntervals(String text, String expected) throws Exception {
        PushgatewayEndpoint endpoint = create(Map.of("operation", "groups", "staleAfter", text));

        assertThat(endpoint.getConfiguration().minimumAge()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0x,       'staleAfter is 0x, so a group would be stale before its next push is due; write at least 1x'",
        "0.99x,    'staleAfter is 0.99x, so a group'",
        "x,        'staleAfter is ''x'', which is not a number of intervals; write it as 2x or 1.5x'",
        "-2x,      'staleAfter is ''-2x'', which is not a number of intervals'",
        "'1,5x',   which is not a number of intervals",
        "NaNx,     which is not a duration",
        "1e3x,     which is not a duration",
        "2h2x,     which is not a duration",
        "9999999x, which is not a number of intervals",
        "x2,       which is not a duration"
    })
    void invalidNumberOfIntervalsIsRejected(String text, String expectedMessage) {
        assertThatThrownBy(() -> create(Map.of("operation", "groups", "staleAfter", text)))
                .hasMessageContaining(expectedMessage);
    }

    @Test
    void numberOfIntervalsRefersToPrefixOfReports() throws Exception {
        PushgatewayEndpoint endpoint = create(Map.of("operation", "groups", "staleAfter", "2x", "reportPrefix", "etl"));

        assertThat(endpoint.getConfiguration().minimumAge()).hasToString("2x etl_interval_seconds");
    }

    @Test
    void zeroIsAcceptedForRetryDelayAndInitialDelay() throws Exception {
        assertThat(millis("retryDelay", "0")).isZero();
        assertThat(millis("initialDelay", "0s")).isZero();
    }

    @Test
    void delayUsesTimeUnit() {
        PushgatewayEndpoint endpoint = endpoint("delay=5&initialDelay=1&timeUnit=seconds");

        assertThat(endpoint.getDelay()).isEqualTo(5);
        assertThat(endpoint.getInitialDelay()).isEqualTo(1);
    }

    @Test
    void durationsNumbersAndBeansAreAccepted() throws Exception {
        CONTEXT.getRegistry().bind("slow", Duration.ofSeconds(7));
        PushgatewayEndpoint endpoint = create(Map.of(
                "requestTimeout",
                Duration.ofSeconds(3),
                "connectTimeout",
                1_234L,
                "retryDelay",
                "#slow",
                "staleAfter",
                Duration.ofHours(1)));

        assertThat(endpoint.getGateway().getRequestTimeout()).isEqualTo(3_000);
        assertThat(endpoint.getGateway().getConnectTimeout()).isEqualTo(1_234);
        assertThat(endpoint.getGateway().getRetryDelay()).isEqualTo(7_000);
        assertThat(endpoint.getConfiguration().minimumAge()).isEqualTo(new StaleAfter.Age(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retryDelay", "retry-delay", "requestTimeout", "connect-timeout"})
    void componentParsesDurationsInTheSameWay(String option) {
        assertThat(component(option, "2S")).contains(2_000L);
        assertThat(component(option, "1h 30m")).contains(5_400_000L);
        assertThat(component(option, "PT5S")).contains(5_000L);
        for (String text : List.of("1mo", "1M", "+5", "2w")) {
            assertThatThrownBy(() -> component(option, text)).rootCause().hasMessageContaining("is not a duration");
        }
    }

    @Test
    void camelMainParsesComponentDurationsInTheSameWay() {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.retry-delay", "2S");
        main.addInitialProperty("camel.component.pushgateway.requestTimeout", "1 m");
        main.start();
        try {
            GatewayConfiguration configuration = main.getCamelContext()
                    .getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration();
            assertThat(configuration.getRetryDelay()).isEqualTo(2_000);
            assertThat(configuration.getRequestTimeout()).isEqualTo(60_000);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "maxRetries=2S,            maxRetries is '2S'",
        "maxMessagesPerPoll=1m,    maxMessagesPerPoll is '1m'",
        "repeatCount=3x,           repeatCount is '3x'",
        "backoffMultiplier=1s,     backoffMultiplier is '1s'",
        "max-retries=,             ",
    })
    void numericOptionRejectsDuration(String options, String expectedMessage) {
        if (expectedMessage == null) {
            assertThat(endpoint(options).getGateway().getMaxRetries()).isEqualTo(2);
        } else {
            assertThatThrownBy(() -> endpoint(options))
                    .hasMessageContaining(expectedMessage + ", which is not a number");
        }
    }

    private static List<Long> component(String option, String text) {
        PushgatewayComponent component = new PushgatewayComponent();
        CamelContext context = CONTEXT;
        component.setCamelContext(context);
        component.build();
        PropertyBindingSupport.build()
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .bind(context, component, new HashMap<String, Object>(Map.of(option, text)));
        GatewayConfiguration configuration = component.getConfiguration();
        return List.of(
                configuration.getRetryDelay(), configuration.getRequestTimeout(), configuration.getConnectTimeout());
    }

    /** Creates an endpoint without the registry of the context, which ignores the parameters. */
    private static PushgatewayEndpoint create(Map<String, Object> options) throws Exception {
        return (PushgatewayEndpoint) CONTEXT.getComponent("pushgateway").createEndpoint("pushgateway:a", options);
    }

    private static long millis(String option, String text) throws Exception {
        PushgatewayEndpoint endpoint = create(Map.of(option, text));
        return switch (option) {
            case "connectTimeout" -> endpoint.getGateway().getConnectTimeout();
            case "requestTimeout" -> endpoint.getGateway().getRequestTimeout();
            case "retryDelay" -> endpoint.getGateway().getRetryDelay();
            case "staleAfter" ->
                ((StaleAfter.Age) Objects.requireNonNull(
                                endpoint.getConfiguration().minimumAge()))
                        .duration()
                        .toMillis();
            case "reportInterval" ->
                Objects.requireNonNull(endpoint.getConfiguration().getReportInterval())
                        .toMillis();
            case "delay" -> endpoint.getDelay();
            default -> endpoint.getInitialDelay();
        };
    }

    private static PushgatewayEndpoint endpoint(String options) {
        return CONTEXT.getEndpoint("pushgateway:a?" + options, PushgatewayEndpoint.class);
    }
}
