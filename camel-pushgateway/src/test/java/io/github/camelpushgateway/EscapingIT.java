package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GroupMetric;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.VersionedGateways;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Names outside of the classic set in each kind of push, on gateways with and without UTF-8 names. */
class EscapingIT extends ContextTestSupport {

    private static final Map<Boolean, Optional<Pushgateway>> GATEWAYS = new HashMap<>();

    private static Pushgateway gateway(Escaping escaping) {
        Optional<Pushgateway> gateway = GATEWAYS.computeIfAbsent(escaping == Escaping.UTF8, isUtf8 -> {
            try {
                PushgatewaySetup setup = PushgatewaySetup.plain();
                return Optional.of(Pushgateway.start(
                        isUtf8
                                ? setup.withVersion(VersionedGateways.NEW).withFlag("--push.enable-utf8-names")
                                : setup));
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        });
        assumeTrue(gateway.isPresent(), "no Pushgateway is available");
        return gateway.orElseThrow();
    }

    @AfterAll
    static void stopGateways() {
        GATEWAYS.values().forEach(gateway -> gateway.ifPresent(Pushgateway::close));
        GATEWAYS.clear();
    }

    @AfterEach
    void deleteGroups() {
        GATEWAYS.values()
                .forEach(gateway -> gateway.ifPresent(each -> {
                    template.sendBody("pushgateway:*?operation=sweep&sweepAll=true&url=" + each.url(), null);
                    await().untilAsserted(() -> assertThat(each.groups()).isEmpty());
                }));
    }

    private static String options(Escaping escaping) {
        return "url=" + gateway(escaping).url() + "&escaping=" + escaping;
    }

    private static String endpoint(Escaping escaping) {
        return "pushgateway:shop?" + options(escaping) + "&groupingKey.service.name=checkout&labels.http.route=/pay";
    }

    /** Returns the stored form of a name. */
    private static String stored(Escaping escaping, String name) {
        return switch (escaping) {
            case UNDERSCORES -> name.replace('.', '_');
            case DOTS -> name.replace("_", "__").replace(".", "_dot_");
            case VALUES -> name.contains(".") ? "U__" + name.replace("_", "__").replace(".", "_2e_") : name;
            case REJECT, UTF8 -> name;
        };
    }

    @SuppressWarnings("unchecked")
    private List<GatewayGroup> groups(Escaping escaping) {
        return template.requestBody(
                "pushgateway:*?operation=groups&url=" + gateway(escaping).url(), null, List.class);
    }

    private void assertStored(Escaping escaping, String... metrics) {
        List<GatewayGroup> groups = groups(escaping);
        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).labels())
                .isEqualTo(Map.of("job", "shop", stored(escaping, "service.name"), "checkout"));
        assertThat(groups.get(0).metrics()).extracting(GroupMetric::name).containsExactlyInAnyOrder(metrics);
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void valuesMapsAndTextsAreEscaped(Escaping escaping) {
        for (String format : List.of("text", "protobuf&compression=gzip")) {
            String uri = endpoint(escaping) + "&format=" + format;
            template.sendBody(uri + "&metricName=http.server.duration&operation=push", 1.5);
            template.sendBodyAndHeader(uri + "&gaugeHeaders=batch.*", "ignored", "batch.rows", 3);
            template.sendBody(uri, Map.of("db.client.connections", 1));
            template.sendBody(uri, "[{\"name\":\"cache.hits\",\"value\":1,\"type\":\"counter\"}]");
            template.sendBody(
                    uri,
                    "# TYPE \"queue.size\" gauge\n{\"queue.size\",\"queue.name\"=\"a\"} 1\nrows{\"queue.name\"=\"a\"} 2\n");
            template.sendBody(uri, "{\"first.metric\"} 1\n");

            assertStored(
                    escaping,
                    stored(escaping, "http.server.duration"),
                    stored(escaping, "batch.rows"),
                    stored(escaping, "db.client.connections"),
                    stored(escaping, "cache.hits_total"),
                    stored(escaping, "queue.size"),
                    stored(escaping, "rows"),
                    stored(escaping, "first.metric"));
            GroupMetric duration = groups(escaping).get(0).metrics().stream()
                    .filter(metric -> metric.name().equals(stored(escaping, "http.server.duration")))
                    .findFirst()
                    .orElseThrow();
            assertThat(duration.samples().get(0).labels()).isEqualTo(Map.of(stored(escaping, "http.route"), "/pay"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void registriesAreEscaped(Escaping escaping) {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder()
                .name("http.requests")
                .labelNames("http.route")
                .register(registry)
                .labelValues("/pay")
                .inc();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.config().namingConvention(NamingConvention.identity);
        meters.gauge("jvm.threads", 5);
        context.getRegistry().bind("metrics", registry);

        template.sendBody(endpoint(escaping) + "&registry=#metrics&metricFilter=http.*&operation=push", null);
        template.sendBody(endpoint(escaping), meters);

        assertStored(escaping, stored(escaping, "http.requests_total"), stored(escaping, "jvm.threads"));
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void groupsAreSelectedAndDeletedByTheirOriginalLabels(Escaping escaping) {
        String other = endpoint(escaping).replace("checkout", "search");
        template.sendBody(endpoint(escaping) + "&metricName=rows", 1);
        template.sendBody(other + "&metricName=rows", 1);

        List<?> selected = template.requestBody(
                "pushgateway:*?operation=groups&" + options(escaping) + "&groupingKey.service.name=check*",
                null,
                List.class);
        assertThat(selected).hasSize(1);

        template.sendBody(endpoint(escaping).replaceFirst("&labels.*", "") + "&operation=delete", null);
        await().untilAsserted(() -> assertThat(groups(escaping)).hasSize(1));
        template.sendBody(
                "pushgateway:shop?operation=sweep&" + options(escaping) + "&groupingKey.service.name=search", null);
        await().untilAsserted(() -> assertThat(groups(escaping)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void headersOfTheConsumerDeleteTheGroup(Escaping escaping) throws Exception {
        template.sendBody(endpoint(escaping) + "&metricName=rows&groupingKey.data_center=a", 1);
        MockEndpoint deleted = getMockEndpoint("mock:deleted");
        deleted.expectedMinimumMessageCount(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("pushgateway:shop?" + options(escaping)
                                + "&groupingKey.service.name=checkout&delay=50&initialDelay=0")
                        .to("pushgateway:any?operation=delete&" + options(escaping))
                        .to(deleted);
            }
        });

        deleted.assertIsSatisfied();
        await().untilAsserted(() -> assertThat(groups(escaping)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = Escaping.class,
            names = {"DOTS", "UTF8"})
    void reportsWithAPrefixAreEscapedAndSelectedByTheirInterval(Escaping escaping) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run")
                        .to("pushgateway:shop?operation=report&reportPrefix=nightly.job&reportInterval=1s"
                                + "&reportCounters=true&records=2&" + options(escaping)
                                + "&groupingKey.service.name=checkout");
            }
        });

        template.sendBody("direct:run", "rows");
        template.sendBody("direct:run", "rows");

        List<GatewayGroup> groups = groups(escaping);
        assertThat(groups).hasSize(1);
        Map<String, Double> values = new HashMap<>();
        groups.get(0)
                .metrics()
                .forEach(metric ->
                        values.put(metric.name(), metric.samples().get(0).value()));
        assertThat(values)
                .containsEntry(stored(escaping, "nightly.job_success"), 1.0)
                .containsEntry(stored(escaping, "nightly.job_runs_total"), 2.0)
                .containsEntry(stored(escaping, "nightly.job_records_processed_total"), 4.0);
        await().untilAsserted(() -> {
            List<?> stale = template.requestBody(
                    "pushgateway:*?operation=groups&staleAfter=1x&reportPrefix=nightly.job&" + options(escaping),
                    null,
                    List.class);
            assertThat(stale).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void countersAreAccumulated(Escaping escaping) {
        for (int i = 0; i < 2; i++) {
            template.sendBody(
                    endpoint(escaping) + "&operation=accumulate&metricType=counter&metricName=http.requests", 2);
        }

        assertStored(escaping, stored(escaping, "http.requests_total"));
        assertThat(groups(escaping).get(0).metrics().get(0).samples().get(0).value())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(value = Escaping.class, names = "REJECT", mode = Mode.EXCLUDE)
    void publisherEscapesItsRegistry(Escaping escaping) throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder().name("http.requests").register(registry).inc();
        try (DefaultCamelContext application = new DefaultCamelContext()) {
            application.getRegistry().bind("published", registry);
            application
                    .getRegistry()
                    .bind(
                            "publisher",
                            new PushgatewayPublisher(
                                    endpoint(escaping).replaceFirst("&labels.*", "") + "&registry=#published"));
            application.start();
        }

        assertStored(escaping, stored(escaping, "http.requests_total"));
    }

    @Test
    void namesThatAreNotClassicAreRejectedByDefault() {
        String uri = "pushgateway:shop?url=" + gateway(Escaping.REJECT).url();

        for (Object body : List.of(Map.of("a.b", 1), "{\"a.b\"} 1\n", "rows{\"a.b\"=\"c\"} 1\n")) {
            assertThat(failure(uri, body).getAttempts()).isZero();
        }
        assertThat(failure(uri, "{\"a.b\"} 1\n").getMessage()).contains("escaping");
        assertThat(failure(uri, Map.of("a.b", 1)).getMessage()).contains("escaping");
        assertThatThrownBy(() -> template.sendBody(uri + "&groupingKey.service.name=x&metricName=rows", 1))
                .rootCause()
                .hasMessageContaining("escaping");
        Exchange header = template.request(uri + "&metricName=rows", exchange -> {
            exchange.getMessage().setBody(1);
            exchange.getMessage().setHeader(PushgatewayConstants.GROUPING_KEY, Map.of("U__service_2e_name", "x"));
        });
        assertThat(header.getException()).hasMessageContaining("U__");
        assertThat(new TreeSet<>(gateway(Escaping.REJECT).groups().stream()
                        .map(Object::toString)
                        .toList()))
                .isEmpty();
    }

    @Test
    void namesThatBecomeOneAreRejected() {
        String uri = endpoint(Escaping.UNDERSCORES);

        assertThat(failure(uri, Map.of("a.b", 1, "a_b", 2)).getMessage()).contains("'a.b'", "'a_b'");
        assertThat(failure(uri, "rows{\"service_name\"=\"x\"} 1\n").getMessage())
                .contains("'service.name'", "'service_name'");
        assertThat(failure(uri, Map.of("push.time.seconds", 1)).getMessage()).contains("push_time_seconds");
        assertThat(failure(endpoint(Escaping.UTF8), Map.of("push.time.seconds", 1))
                        .getMessage())
                .contains("the gateway sets the metric");
        assertThat(failure(endpoint(Escaping.UTF8), "rows{\"service_name\"=\"x\"} 1\n")
                        .getMessage())
                .contains("'service.name'", "'service_name'");
    }

    private PushgatewayException failure(String uri, Object body) {
        Exchange exchange = template.request(uri, each -> each.getMessage().setBody(body));
        assertThat(exchange.getException()).isInstanceOf(PushgatewayException.class);
        return (PushgatewayException) exchange.getException();
    }
}
