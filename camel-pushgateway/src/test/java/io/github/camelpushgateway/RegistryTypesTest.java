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

/** Whether an object is accepted as a registry does not depend on earlier type conversions in Camel. */
class RegistryTypesTest extends WireServerTestSupport {

    private static final String ROWS = "# TYPE rows gauge\nrows 42.0\n";

    /** Type without metrics whose subclasses contain metrics. */
    static class Plain {}

    static final class PlainCollector extends Plain implements Collector {
        @Override
        public MetricSnapshot collect() {
            return gauge();
        }
    }

    /** Type with a type converter of the application. */
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

    /** Earlier use of an object in a route. */
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

        /** Converts an object. Camel may return a value of another type, or fail. */
        private static <T> void convert(CamelContext context, Class<T> type, Object object) {
            try {
                context.getTypeConverter().convertTo(type, object);
            } catch (TypeConversionException | ClassCastException e) {
                // a route may catch the exception
            }
        }
    }

    static Stream<Object> all() {
        return Stream.concat(accepted(), rejected().map(arguments -> arguments.get()[0]));
    }

    static Stream<Object> accepted() {
        return Stream.of(micrometer(), clientJava(), new PlainCollector(), new Converted(), new MoreConverted());
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of(composite(), "prometheusMeterRegistry in Spring Boot, or an element of getRegistries()"),
                Arguments.of(new SimpleMeterRegistry(), "from the library micrometer-registry-prometheus"),
                Arguments.of(new Plain(), "use the #bean of a PrometheusRegistry, a PrometheusMeterRegistry"),
                Arguments.of(List.of(1), "use the #bean"),
                Arguments.of(5, "use the #bean"),
                Arguments.of("rows 42", "use the #bean"),
                Arguments.of(CompletableFuture.completedFuture("rows 42"), "use the #bean"));
    }

    static Stream<Arguments> acceptedAfterEarlierUse() {
        return accepted().flatMap(registry -> Stream.of(Before.values()).map(before -> Arguments.of(registry, before)));
    }

    @ParameterizedTest
    @MethodSource("acceptedAfterEarlierUse")
    void registryIsAcceptedAfterAnyEarlierConversion(Object registry, Before before) {
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

    static Stream<Arguments> rejectedAfterEarlierUse() {
        return rejected()
                .flatMap(arguments -> Stream.of(Before.values())
                        .map(before ->
                                Arguments.of(arguments.get()[0], arguments.get()[1], before)));
    }

    @ParameterizedTest
    @MethodSource("rejectedAfterEarlierUse")
    void otherObjectIsRejectedAfterAnyEarlierConversion(Object object, String advice, Before before) {
        Stream.concat(all(), Stream.of(object)).forEach(each -> before.use(context, each));
        server.requests().clear();
        context.getRegistry().bind("object", object);

        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?registry=#object"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("registry is of type " + object.getClass().getName())
                .hasMessageContaining(advice);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void compositeBodyIsRejectedWithSameAdvice() {
        Exchange failed = request("pushgateway:a", composite());

        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageContaining("the body is of type " + CompositeMeterRegistry.class.getName())
                .hasMessageContaining("use the PrometheusMeterRegistry that was added to it");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void futureOfMetricsIsAccepted() {
        Exchange done = request("pushgateway:a", CompletableFuture.completedFuture(MetricSnapshots.of(gauge())));

        assertThat(done.getException()).isNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo(ROWS));
    }

    @Test
    void messageNamesMissingBean() {
        assertThatThrownBy(() -> context.getEndpoint("pushgateway:a?registry=#missing"))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("#missing");
    }

    private Exchange request(String uri, Object body) {
        return context.createProducerTemplate()
                .request(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
