package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import org.jspecify.annotations.Nullable;

/** Tells that a proxy cannot be reached, or has refused to connect to the gateway. */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    private ProxyException(String message, int statusCode, @Nullable Throwable cause) {
        super(message, cause);
        this.statusCode = statusCode;
    }

    static ProxyException refused(Proxy proxy, int statusCode) {
        return new ProxyException(place(proxy) + " responded to CONNECT with " + statusCode, statusCode, null);
    }

    static ProxyException notReached(Proxy proxy, IOException cause) {
        return new ProxyException(place(proxy) + " did not connect: " + cause.getMessage(), 0, cause);
    }

    static ProxyException ofSelector(Throwable cause) {
        return new ProxyException("its ProxySelector failed: " + cause, 0, cause);
    }

    private static String place(Proxy proxy) {
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        return proxy.type() + " proxy " + address.getHostString() + ':' + address.getPort();
    }

    /** Returns the status with which the proxy refused, or 0. */
    public int statusCode() {
        return statusCode;
    }
}
