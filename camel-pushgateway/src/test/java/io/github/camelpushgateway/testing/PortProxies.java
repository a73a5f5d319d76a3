package io.github.camelpushgateway.testing;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The default proxy selector of the JVM until it is closed. It has proxies for some ports. */
public final class PortProxies extends ProxySelector implements AutoCloseable {

    @Nullable
    private final ProxySelector before;

    private final Map<Integer, Proxy> proxies = new ConcurrentHashMap<>();

    private PortProxies(@Nullable ProxySelector before) {
        this.before = before;
    }

    public static PortProxies install() {
        PortProxies selector = new PortProxies(ProxySelector.getDefault());
        ProxySelector.setDefault(selector);
        return selector;
    }

    public PortProxies add(int port, Proxy proxy) {
        proxies.put(port, proxy);
        return this;
    }

    @Override
    public List<Proxy> select(URI uri) {
        Proxy proxy = proxies.getOrDefault(uri.getPort(), Proxy.NO_PROXY);
        // the JDK's sockets ask as well: the connection to an HTTP proxy does not use the proxy itself
        return List.of("socket".equals(uri.getScheme()) && proxy.type() == Proxy.Type.HTTP ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the client reports it
    }

    @Override
    public void close() {
        ProxySelector.setDefault(before);
    }
}
