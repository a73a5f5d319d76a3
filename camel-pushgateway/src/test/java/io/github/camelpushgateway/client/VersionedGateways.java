package io.github.camelpushgateway.client;

import io.github.camelpushgateway.test.infra.Pushgateway;
import io.github.camelpushgateway.test.infra.PushgatewaySetup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gateways of exact versions, started when they are first asked for. Without a container engine there may be none. */
final class VersionedGateways implements AutoCloseable {

    /** The oldest that is tested: Debian bookworm has it. */
    static final String OLD = "1.5.1";

    static final String NEW = "1.11.2";

    private final Map<String, Optional<Pushgateway>> started = new HashMap<>();

    Optional<Pushgateway> find(String version) {
        return started.computeIfAbsent(version, wanted -> {
            try {
                return Optional.of(Pushgateway.start(PushgatewaySetup.plain().withVersion(wanted)));
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
