package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import org.jspecify.annotations.Nullable;

/** Thrown when a proxy cannot be reached, or refuses to connect to the gateway. */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    private ProxyException(String message, int statusCode, @Nullable Throwable cause) {
        super(message, cause);
        this.statusCode = statusCode;
    }

    static ProxyException refused(Proxy proxy, int statusCode) {
        return new ProxyException(addressOf(proxy) + " responded to CONNECT with " + statusCode, statusCode, null);
    }

    static ProxyException notReached(Proxy proxy, IOException cause) {
        return new ProxyException(addressOf(proxy) + " did not connect: " + cause.getMessage(), 0, cause);
    }

    static ProxyException ofSelector(Throwable cause) {
        return new ProxyException("its ProxySelector failed: " + cause, 0, cause);
    }

    private static String addressOf(Proxy proxy) {
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        return proxy.type() + " proxy " + address.getHostString() + ':' + address.getPort();
    }

    /** Returns the status of the proxy's refusal, or 0 if there was no response. */
    public int statusCode() {
        return statusCode;
    }
}
