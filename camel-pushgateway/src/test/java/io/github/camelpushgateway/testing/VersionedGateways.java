package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gateways of exact versions, started when they are first requested. Without a container engine, there may be none. */
public final class VersionedGateways implements AutoCloseable {

    /** The oldest tested version, which is part of Debian bookworm. */
    public static final String OLD = "1.5.1";

    public static final String NEW = "1.11.2";

    private final Map<String, Optional<Pushgateway>> started = new HashMap<>();
    private final PushgatewaySetup setup;

    /** Creates plain gateways. */
    public VersionedGateways() {
        this(PushgatewaySetup.plain());
    }

    /** Creates gateways with a setup. */
    public VersionedGateways(PushgatewaySetup setup) {
        this.setup = setup;
    }

    /** Returns the gateway of a version, if it is available. */
    public Optional<Pushgateway> find(String version) {
        return started.computeIfAbsent(version, wanted -> {
            try {
                return Optional.of(Pushgateway.start(setup.withVersion(wanted)));
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        started.values().forEach(gateway -> gateway.ifPresent(Pushgateway::close));
        started.clear();
    }
}
