package io.github.camelpushgateway.testing;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy selector of the JVM that violates its contract. */
public final class FaultyProxySelector {

    private FaultyProxySelector() {}

    public interface Selection {
        @Nullable
        List<Proxy> select();
    }

    /** Installs a selector for the URLs of one port. */
    public static void install(int port, Selection selection, Runnable connectFailed) {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            @SuppressWarnings("NullAway") // simulates code without null checks
            public List<Proxy> select(URI uri) {
                return uri.getPort() == port ? selection.select() : List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                connectFailed.run();
            }
        });
    }
}
