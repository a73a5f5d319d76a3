package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The label {@code instance} of this machine, as the first of the gateways sees it: which of several gets a push depends on its
 * group, of which this is a part.
 */
public final class LocalInstance {

    public static final String LABEL = "instance";

    private final String urls;

    /** Found when it is first needed, and then kept: a gateway whose host is not known yet must not keep a route from starting. */
    @Nullable
    private volatile String address;

    /**
     * Creates it.
     *
     * @param urls of the gateways, as the option {@code url} has them
     */
    public LocalInstance(String urls) {
        this.urls = urls;
    }

    /**
     * Returns the address.
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
