package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Label {@code instance}: the local address that this machine uses to reach the first gateway. With several gateways,
 * the choice of a gateway depends on the group, and this label is part of the group.
 */
public final class LocalInstance {

    /** Name of the label. */
    public static final String LABEL = "instance";

    private final String urls;

    /**
     * Resolved when it is first needed, and then kept. A gateway whose host cannot be resolved yet must not prevent
     * the start of a route.
     */
    @Nullable
    private volatile String address;

    /**
     * Creates the label.
     *
     * @param urls the URLs of the gateways, in the form of the option {@code url}
     */
    public LocalInstance(String urls) {
        this.urls = urls;
    }

    /**
     * Returns the address of this machine.
     *
     * @throws IllegalArgumentException if there is no route to the gateway
     */
    public String address() {
        String known = address;
        if (known == null) {
            try {
                known = InstanceAddress.towards(GatewayUrl.parseAll(urls).get(0));
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            address = known;
        }
        return known;
    }
}
