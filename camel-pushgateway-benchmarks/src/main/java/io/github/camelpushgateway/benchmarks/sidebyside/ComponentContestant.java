package io.github.camelpushgateway.benchmarks.sidebyside;

import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;

/** Contestant that uses the component at the end of a route. */
final class ComponentContestant extends CamelContestant {

    private final URI gateway;
    private final String options;

    /**
     * Creates a contestant.
     *
     * @param options the options of all endpoints, such as {@code &format=protobuf}
     */
    ComponentContestant(URI gateway, String options) {
        this.gateway = gateway;
        this.options = options;
    }

    /**
     * Returns a contestant with a handler that responds after a millisecond, like a gateway that needs no processor
     * time. Its throughput is the limit of the callers and of the component.
     */
    static ComponentContestant withoutGateway(URI gateway) {
        ComponentContestant contestant = new ComponentContestant(gateway, "&handler=#responding");
        PushgatewayHandler responding = (request, next) -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            return GatewayResponse.of(200);
        };
        contestant.bind("responding", responding);
        return contestant;
    }

    @Override
    public Push one(String job) throws Exception {
        return route(job, to(job, "&metricName=rows"), value -> value);
    }

    @Override
    public Push series(String job, int series) throws Exception {
        PrometheusRegistry registry = Registries.of(series);
        return route(job, to(job, ""), value -> registry);
    }

    @Override
    public Push gauges(String job, int gauges) throws Exception {
        return route(job, to(job, ""), value -> {
            Map<String, Double> map = new LinkedHashMap<>();
            for (int i = 0; i < gauges; i++) {
                map.put("stage_rows_" + i, value + i);
            }
            return map;
        });
    }

    private RouteBuilder to(String job, String jobOptions) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + job)
                        .to("pushgateway:" + job + "?operation=pushadd&url=" + gateway + options + jobOptions);
            }
        };
    }
}
