package io.github.camelpushgateway.testing;

import java.util.List;
import java.util.Properties;

/** The HTTP proxy of the JVM for http and https until it is closed, also for loopback addresses. */
public final class JvmProxy implements AutoCloseable {

    private final Properties before = System.getProperties();
    private final int port;

    public JvmProxy(int port) {
        this.port = port;
    }

    /** Sets the proxy for all hosts. */
    public void set() {
        set("");
    }

    /** Sets the proxy. */
    public void set(String nonProxyHosts) {
        Properties changed = new Properties();
        changed.putAll(before);
        for (String scheme : List.of("http", "https")) {
            changed.setProperty(scheme + ".proxyHost", "127.0.0.1");
            changed.setProperty(scheme + ".proxyPort", String.valueOf(port));
        }
        // by default, the JVM connects to loopback addresses without a proxy
        changed.setProperty("http.nonProxyHosts", nonProxyHosts);
        System.setProperties(changed);
    }

    @Override
    public void close() {
        System.setProperties(before);
    }
}
