package io.github.camelpushgateway.benchmarks.sidebyside;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Contestant that uses the {@code PushGateway} of client_java, with a new registry for each push. */
final class ClientJavaContestant implements Contestant {

    /** Longer than the default of ten seconds, which 256 callers of a full gateway reach. It costs nothing. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(1);

    private final String address;
    private final Format format;
    private final boolean keepsRegistry;

    /**
     * Creates a contestant.
     *
     * @param format the format; the default of client_java is {@code PROMETHEUS_PROTOBUF}
     * @param keepsRegistry whether all pushes of gauges use one registry, which exists before the first push
     */
    ClientJavaContestant(URI gateway, Format format, boolean keepsRegistry) {
        this.address = gateway.getAuthority();
        this.format = format;
        this.keepsRegistry = keepsRegistry;
    }

    @Override
    public Push one(String job) {
        return value -> {
            PrometheusRegistry registry = new PrometheusRegistry();
            Gauge.builder().name("rows").register(registry).set(value);
            gateway(job, registry).pushAdd();
        };
    }

    @Override
    public Push series(String job, int series) {
        PrometheusRegistry registry = Registries.of(series);
        PushGateway gateway = gateway(job, registry);
        return value -> gateway.pushAdd();
    }

    @Override
    public Push gauges(String job, int gauges) {
        if (keepsRegistry) {
            PrometheusRegistry registry = new PrometheusRegistry();
            List<Gauge> all = new ArrayList<>();
            for (int i = 0; i < gauges; i++) {
                all.add(Gauge.builder().name("stage_rows_" + i).register(registry));
            }
            PushGateway gateway = gateway(job, registry);
            return value -> {
                for (int i = 0; i < gauges; i++) {
                    all.get(i).set(value + i);
                }
                gateway.pushAdd();
            };
        }
        return value -> {
            PrometheusRegistry registry = new PrometheusRegistry();
            for (int i = 0; i < gauges; i++) {
                Gauge.builder().name("stage_rows_" + i).register(registry).set(value + i);
            }
            gateway(job, registry).pushAdd();
        };
    }

    private PushGateway gateway(String job, PrometheusRegistry registry) {
        return PushGateway.builder()
                .address(address)
                .job(job)
                .format(format)
                .registry(registry)
                .readTimeout(READ_TIMEOUT)
                .build();
    }
}
