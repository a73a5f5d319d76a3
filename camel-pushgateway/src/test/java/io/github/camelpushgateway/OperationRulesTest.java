package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.ContextTestSupport;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Combinations of options that are likely to be mistakes are rejected. */
class OperationRulesTest extends ContextTestSupport {

    @ParameterizedTest
    @ValueSource(strings = {"pushgateway:*?operation=sweep", "pushgateway:**?operation=SWEEP"})
    void sweepOfAllGroupsRequiresSweepAll(String uri) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .hasStackTraceContaining(
                        "this sweep would delete all groups of all jobs; select jobs with a pattern such as pushgateway:tmp-*,"
                                + " labels with groupingKey, or an age with staleAfter; or set sweepAll=true to allow it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushgateway:*?operation=sweep&sweepAll=true",
                "pushgateway:*?operation=sweep&dryRun=true",
                "pushgateway:*?operation=sweep&staleAfter=24h",
                "pushgateway:*?operation=sweep&staleAfter=2x",
                "pushgateway:*?operation=sweep&groupingKey.region=eu-*",
                "pushgateway:tmp-*?operation=sweep",
                "pushgateway:*?operation=wipe",
                "pushgateway:*?operation=groups",
                "pushgateway:*?operation=status"
            })
    void restrictedOrExplicitOperationIsAccepted(String uri) {
        assertThat(context.getEndpoint(uri)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pushgateway:tmp-*?operation=wipe",
                "pushgateway:*?operation=wipe&groupingKey.region=eu",
                "pushgateway:*?operation=wipe&staleAfter=24h"
            })
    void wipeRejectsSelection(String uri) {
        assertThatThrownBy(() -> context.getEndpoint(uri))
                .hasStackTraceContaining("operation=wipe deletes all groups of all jobs and cannot select groups");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "-5"})
    void staleAfterMustBePositive(String age) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:*?operation=groups&staleAfter=" + age))
                .hasStackTraceContaining("staleAfter");
    }

    @Test
    void smallStaleAfterWithoutUnitIsRejected() {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:*?operation=Sweep&staleAfter=24"))
                .hasStackTraceContaining(
                        "staleAfter is 24, which is in milliseconds and would select nearly every group; write a unit,"
                                + " such as 24h or 24ms");
        assertThat(context.getEndpoint("pushgateway:*?operation=sweep&staleAfter=86400000"))
                .isNotNull();
        assertThat(context.getEndpoint("pushgateway:*?operation=sweep&staleAfter=24ms"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operation=swep | operation is 'swep'; write one of push, pushadd, delete, report, accumulate, groups, sweep, wipe, status",
                "metricType=gauges | metricType is 'gauges'; write one of gauge, counter, untyped",
                "format=json | format is 'json'; write one of text, protobuf",
                "compression=zip | compression is 'zip'; write one of none, gzip, snappy",
                "distribution=all | distribution is 'all'; write one of shard, mirror",
                "maxRetries=abc | maxRetries is 'abc', which is not a number; write a whole number such as 3",
                "maxPending=many | maxPending is 'many', which is not a number; write a whole number such as 3",
                "maxMessagesPerPoll=2147483648 | maxMessagesPerPoll is '2147483648', which is not a number; write a whole number such as 3",
                "maxMessagesPerPoll=1.5 | maxMessagesPerPoll is '1.5', which is not a number; write a whole number such as 3",
                "onPushFailure=log | onPushFailure is 'log'; write one of fail, warn, ignore"
            })
    void invalidValueIsRejectedWithValidValues(String option, String expectedMessage) {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?" + option)).hasMessageEndingWith(expectedMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "format, json, 'format is ''json''; write one of text, protobuf'",
        "max-pending, many, 'is ''many'', which is not a number; write a whole number such as 3'",
        "max-retries, abc, 'is ''abc'', which is not a number; write a whole number such as 3'",
        "requestTimeout, soon, 'requestTimeout is ''soon'', which is not a duration; write it as 500ms, 10s, 1m30s, 24h or 7d, with the largest unit first'"
    })
    void componentOptionsAreValidated(String option, String value, String expectedMessage) {
        for (String prefix : List.of("camel.component.pushgateway.", "camel.component.pushgateway.configuration.")) {
            Main main = new Main();
            main.addInitialProperty(prefix + option, value);
            assertRejected(main, expectedMessage);
        }
    }

    @Test
    void optionsOfConfigurationBeanAreValidated() {
        Main main = new Main();
        main.addInitialProperty("camel.beans.gateway", "#class:" + GatewayConfiguration.class.getName());
        main.addInitialProperty("camel.beans.gateway.retryDelay", "1mo");
        assertRejected(
                main,
                "retryDelay is '1mo', which is not a duration; write it as 500ms, 10s, 1m30s, 24h or 7d,"
                        + " with the largest unit first");
    }

    private static void assertRejected(Main main, String expectedMessage) {
        try {
            assertThatThrownBy(main::start).rootCause().hasMessageEndingWith(expectedMessage);
        } finally {
            main.stop();
        }
    }

    @Test
    void configurationOptionsAreReadLikeComponentOptions() {
        Main main = new Main();
        main.addInitialProperty("camel.component.pushgateway.configuration.request-timeout", "1h 30m");
        main.addInitialProperty("camel.component.pushgateway.configuration.httpHeader", "X-Tenant=a");
        main.addInitialProperty("camel.component.pushgateway.configuration.format", "Protobuf");
        main.start();
        try {
            GatewayConfiguration configuration = main.getCamelContext()
                    .getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration();
            assertThat(configuration.getRequestTimeout()).isEqualTo(5_400_000);
            assertThat(configuration.getHttpHeader()).isEqualTo(Map.of("X-Tenant", "a"));
            assertThat(configuration.getFormat()).isEqualTo(Format.PROTOBUF);
        } finally {
            main.stop();
        }
    }

    @Test
    void configurationHasOnlyItsOwnOptions() throws Exception {
        GatewayConfigurationConfigurer configurer = new GatewayConfigurationConfigurer();

        assertThat(options(GatewayConfiguration.class))
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(configurer.getOptionType(option, false)).isNotNull());
        assertThat(options(PushgatewayComponent.class))
                .contains("lazyStartProducer")
                .allSatisfy(option -> {
                    assertThat(configurer.getOptionType(option, false)).isNull();
                    assertThat(configurer.configure(context, new GatewayConfiguration(), option, "true", false))
                            .isFalse();
                });
    }

    private static List<String> options(Class<?> bean) throws Exception {
        return Stream.of(Introspector.getBeanInfo(bean).getPropertyDescriptors())
                .filter(property -> property.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .toList();
    }

    @Test
    void blankOptionsFallBackToComponent() {
        PushgatewayEndpoint endpoint = context.getEndpoint(
                "pushgateway:a?url=&onPushFailure=&username=&password=RAW()&metricName=&maxMessagesPerPoll=2147483647",
                PushgatewayEndpoint.class);

        assertThat(endpoint.getServiceUrl()).isEqualTo("http://localhost:9091");
        assertThat(endpoint.getGateway().getOnPushFailure()).isEqualTo(PushFailurePolicy.FAIL);
        assertThat(endpoint.getGateway().getUsername()).isNull();
        assertThat(endpoint.getGateway().getPassword()).isNull();
        assertThat(endpoint.getConfiguration().getMetricName()).isNull();
        assertThat(endpoint.getConfiguration().getMaxMessagesPerPoll()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void placeholdersInComponentOptionsAreResolvedBeforeValidation() {
        Main main = new Main();
        main.addInitialProperty("retries", "4");
        main.addInitialProperty("camel.component.pushgateway.max-retries", "{{retries}}");
        main.addInitialProperty("camel.component.pushgateway.format", "{{nothing:Protobuf}}");
        main.start();
        try {
            GatewayConfiguration configuration = main.getCamelContext()
                    .getComponent("pushgateway", PushgatewayComponent.class)
                    .getConfiguration();
            assertThat(configuration.getMaxRetries()).isEqualTo(4);
            assertThat(configuration.getFormat()).isEqualTo(Format.PROTOBUF);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "pushadd", "delete", "report", "status"})
    void dryRunIsRejectedForOperationsWithoutDryRun(String operation) throws Exception {
        Endpoint endpoint = context.getEndpoint("pushgateway:a?dryRun=true&operation=" + operation);
        assertThatThrownBy(endpoint::createProducer)
                .hasMessage("dryRun applies only to operation=sweep and operation=groups; operation=" + operation
                        + " would ignore it, so remove dryRun");
        assertThat(context.getEndpoint("pushgateway:a?dryRun=true&operation=groups")
                        .createProducer())
                .isNotNull();
    }

    @Test
    void headerCannotOverrideDryRun() {
        Exchange result = context.createProducerTemplate()
                .request(
                        "pushgateway:tmp-*?operation=sweep&dryRun=true&url=localhost:1",
                        exchange -> exchange.getMessage().setHeader(PushgatewayConstants.OPERATION, "Delete"));

        assertThat(result.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining(
                        "was rejected before it was sent: dryRun applies only to operation=sweep and operation=groups");
    }

    @Test
    void deleteRejectsStaleAfter() throws Exception {
        Endpoint endpoint = context.getEndpoint("pushgateway:a?operation=delete&staleAfter=24h");
        assertThatThrownBy(endpoint::createProducer)
                .hasMessage("operation=delete deletes its group at any age; remove staleAfter, or use operation=sweep,"
                        + " which selects groups by age");
    }

    @ParameterizedTest
    @ValueSource(strings = {"push", "delete", "report", "sweep", "status"})
    void consumerRejectsOtherOperations(String operation) throws Exception {
        Endpoint endpoint = context.getEndpoint("pushgateway:a?operation=" + operation);
        assertThatThrownBy(() -> endpoint.createConsumer(exchange -> {}))
                .hasMessage(
                        "a consumer only lists groups, so operation=" + operation
                                + " has no effect; remove it, or use it in a producer, for example in a route that starts with a timer");
        assertThat(context.getEndpoint("pushgateway:a?operation=groups").createConsumer(exchange -> {}))
                .isNotNull();
    }

    @Test
    void sweepRejectsExpressionWithoutResult() {
        Exchange swept = context.createProducerTemplate()
                .request(
                        "pushgateway:*?operation=sweep&url=localhost:1&groupingKey.region=${header.region}",
                        exchange -> {});

        assertThat(swept.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("the expression of groupingKey.region has no result for this exchange");
    }

    @Test
    void failedQueryFailsExchangeForAnyOnPushFailure() {
        Exchange result = context.createProducerTemplate()
                .request(
                        "pushgateway:*?operation=groups&onPushFailure=ignore&maxRetries=0&url=localhost:1",
                        exchange -> exchange.getMessage().setBody("as it was"));

        assertThat(result.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageStartingWith("groups at http://localhost:1 failed: it could not be reached");
        assertThat(result.getMessage().getBody()).isEqualTo("as it was");
    }

    @Test
    void messageSaysThatComponentIsStopped() {
        PushgatewayEndpoint endpoint = context.getEndpoint("pushgateway:*?operation=groups", PushgatewayEndpoint.class);
        PushgatewayProducer producer = (PushgatewayProducer) endpoint.createProducer();
        producer.start();
        context.getComponent("pushgateway").stop();
        Exchange result = endpoint.createExchange();

        assertThat(producer.process(result, done -> {})).isTrue();

        assertThat(result.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessage(
                        "groups was not executed: the component pushgateway is stopped; start the Camel context first");
    }
}
