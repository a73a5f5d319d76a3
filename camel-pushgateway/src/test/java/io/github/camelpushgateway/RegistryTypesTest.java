package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.WireServer;
import io.github.camelpushgateway.testing.WireServerTestSupport;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.SimpleTypeConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which objects are a registry does not depend on what Camel has converted before. */
class RegistryTypesTest extends WireServerTestSupport {

    private static final String ROWS = "# TYPE rows gauge\nrows 42.0\n";

    /** Holds no metrics, but its subclasses do. */
    static class Plain {}

    static final class PlainCollector extends Plain implements Collector {
        @Override
        public MetricSnapshot collect() {
            return gauge();
        }
    }

    /** Has a type converter of the application. */
    static class Converted extends Plain {}

    static final class MoreConverted extends Converted {}

    @Override
    protected void prepare(CamelContext context) throws Exception {
        super.prepare(context);
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        MetricSnapshots.class,
                        Converted.class,
                        new SimpleTypeConverter(
                                false, (type, exchange, value) -> MetricSnapshots.of(gauge((Converted) value))));
    }

    private static MetricSnapshot gauge(Converted... unused) {
        return GaugeSnapshot.builder()
                .name("rows")
                .dataPoint(new GaugeDataPointSnapshot(42, Labels.EMPTY, null))
                .build();
    }

    private static PrometheusMeterRegistry micrometer() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.gauge("rows", 42);
        return registry;
    }

    private static CompositeMeterRegistry composite() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(micrometer());
        composite.gauge("rows", 42);
        return composite;
    }

    private static PrometheusRegistry clientJava() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Gauge.builder().name("rows").register(registry).set(42);
        return registry;
    }

    /** What a route may have done with an object before. */
    enum Before {
        NOTHING {
            @Override
            void use(CamelContext context, Object object) {}
        },
        BODY {
            @Override
            void use(CamelContext context, Object object) {
                context.createProducerTemplate()
                        .request(
                                "pushgateway:before",
                                exchange -> exchange.getMessage().setBody(object));
            }
        },
        CONVERSION_TO_METRICS {
            @Override
            void use(CamelContext context, Object object) {
                convert(context, MetricSnapshots.class, object);
            }
        },
        CONVERSION_TO_ITERABLE {
            @Override
            void use(CamelContext context, Object object) {
                convert(context, Iterable.class, object);
                convert(context, MetricSnapshots.class, object);
            }
        },
        CONVERSION_TO_STRING {
            @Override
            void use(CamelContext context, Object object) {
                convert(context, String.class, object);
                context.getTypeConverter().tryConvertTo(MetricSnapshots.class, object);
            }
        };

        abstract void use(CamelContext context, Object object);

        /** Camel may return what is not of that type, or fail. */
        private static <T> void convert(CamelContext context, Class<T> type, Object object) {
            try {
                context.getTypeConverter().convertTo(type, object);
            } catch (TypeConversionException | ClassCastException e) {
                // as a route that catches it
            }
        }
    }

    static Stream<Object> all() {
        return Stream.concat(good(), bad().map(arguments -> arguments.get()[0]));
    }

    static Stream<Object> good() {
        return Stream.of(micrometer(), clientJava(), new PlainCollector(), new Converted(), new MoreConverted());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(composite(), "prometheusMeterRegistry in Spring Boot, or the one among getRegistries()"),
                Arguments.of(new SimpleMeterRegistry(), "from the library micrometer-registry-prometheus"),
                Arguments.of(new Plain(), "give the #bean of a PrometheusRegistry, a PrometheusMeterRegistry"),
                Arguments.of(List.of(1), "give the #bean"),
                Arguments.of(5, "give the #bean"),
                Arguments.of("rows 42", "give the #bean"),
                Arguments.of(CompletableFuture.completedFuture("rows 42"), "give the #bean"));
    }

    static Stream<Arguments> goodAfterAll() {
        return good().flatMap(registry -> Stream.of(Before.values()).map(before -> Arguments.of(registry, before)));
    }

    @ParameterizedTest
    @MethodSource("goodAfterAll")
    void aRegistryIsAcceptedWhateverWasConvertedBefore(Object registry, Before before) {
        Stream.concat(all(), Stream.of(registry)).forEach(object -> before.use(context, object));
        server.requests().clear();
        context.getRegistry().bind("all", registry);

        Exchange option = request("pushgateway:a?registry=#all", new Object());
        Exchange body = request("pushgateway:a", registry);

        assertThat(option.getException()).isNull();
        assertThat(body.getException()).isNull();
        assertThat(server.requests())
                .extracting(WireServer.Request::text)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).endsWith(ROWS));
    }

    static Stream<Arguments> badAfterAll() {
        return bad().flatMap(arguments -> Stream.of(Before.values())
                .map(before -> Arguments.of(arguments.get()[0], arguments.get()[1], before)));
    }

    @ParameterizedTest
    @MethodSource("badAfterAll")
    void anythingElseIsRefusedWhateverWasConvertedBefore(Object stranger, String advice, Before before) {
        Stream.concat(all(), Stream.of(stranger)).forEach(object -> before.use(context, object));
        server.requests().clear();
        context.getRegistry().bind("stranger", stranger);

        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?registry=#stranger"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining(
                        "registry is of type " + stranger.getClass().getName())
                .hasMessageContaining(advice);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aCompositeAsBodyIsRefusedWithTheSameAdvice() {
        Exchange failed = request("pushgateway:a", composite());

        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("the body is of type " + CompositeMeterRegistry.class.getName())
                .hasMessageContaining("give the PrometheusMeterRegistry that was added to it");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFutureOfMetricsIsABody() {
        Exchange done = request("pushgateway:a", CompletableFuture.completedFuture(MetricSnapshots.of(gauge())));

        assertThat(done.getException()).isNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo(ROWS));
    }

    @Test
    void aBeanThatIsMissingIsNamed() {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?registry=#missing"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("#missing");
    }

    private Exchange request(String uri, Object body) {
        return context.createProducerTemplate()
                .request(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
