package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The value of the grouping label {@code instance} for this machine: the address from which it reaches the first
 * gateway. It does not depend on the gateway of a push, because that gateway is selected by the group, which contains
 * this label.
 */
public final class LocalInstance {

    /** The name of the label. */
    public static final String LABEL = "instance";

    private final String urls;

    /**
     * The address, or null before it is first needed. It is not resolved earlier, so that a route can start even if the
     * gateway's host is not yet known.
     */
    @Nullable
    private volatile String address;

    /**
     * Creates an instance whose address is not yet resolved.
     *
     * @param urls the URLs of the gateways, as in the option {@code url}
     */
    public LocalInstance(String urls) {
        this.urls = urls;
    }

    /**
     * Returns the address of this machine.
     *
     * @throws IllegalArgumentException if the URLs are invalid, the host is unknown, or there is no route to the
     *     gateway
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
