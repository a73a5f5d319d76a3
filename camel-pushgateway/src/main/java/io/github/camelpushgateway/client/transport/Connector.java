package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.PushResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A factory of connections: direct or through a proxy, according to the JVM's {@link ProxySelector}, and with TLS for
 * https. Cancelling the attempt ends each wait.
 */
public final class Connector {

    private final Duration connectTimeout;
    private final HostResolver hosts;

    @Nullable
    private final SSLSocketFactory tlsFactory;

    @Nullable
    private TlsSockets tls;

    /**
     * Creates a connector.
     *
     * @param connectTimeout the maximum time to connect a socket, without the lookup of the host
     * @param tls creates TLS connections, or null to use the JVM's system properties
     * @param hosts looks hosts up
     */
    public Connector(Duration connectTimeout, @Nullable SSLSocketFactory tls, HostResolver hosts) {
        this.connectTimeout = connectTimeout;
        tlsFactory = tls;
        this.hosts = hosts;
    }

    /**
     * Opens a connection to an origin. The proxies of the selector are tried in order.
     *
     * @param proxyAuthorization the value of the header {@code Proxy-Authorization} for a tunnel, or null
     * @param cancellation ends each wait
     * @param progress notified of the proxy
     */
    GatewayConnection connect(
            Origin origin, @Nullable String proxyAuthorization, Cancellation cancellation, RequestProgress progress)
            throws IOException {
        IOException failure = null;
        for (Proxy proxy : proxies(origin)) {
            String description = description(proxy);
            progress.onProxy(description);
            Socket socket;
            try {
                socket = connect(origin, proxy, cancellation);
            } catch (IOException e) {
                cancellation.check();
                failure = proxy.type() == Proxy.Type.DIRECT ? e : notReached(origin, proxy, e);
                continue;
            }
            boolean throughHttpProxy = proxy.type() == Proxy.Type.HTTP;
            return connection(origin, throughHttpProxy, description, proxyAuthorization, socket, cancellation);
        }
        throw failure == null ? new SocketTimeoutException("Connect timed out") : failure;
    }

    private static @Nullable String description(Proxy proxy) {
        return proxy.address() instanceof InetSocketAddress address
                ? proxy.type() + " proxy of the JVM at " + address.getHostString() + ':' + address.getPort()
                : null;
    }

    /** Returns the proxies to try. The JVM's selector may be user code, which may return null or throw. */
    private static List<Proxy> proxies(Origin origin) throws IOException {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return List.of(Proxy.NO_PROXY);
        }
        List<Proxy> proxies;
        try {
            proxies = selector.select(origin.url());
        } catch (RuntimeException | LinkageError e) {
            throw ProxyException.ofSelector(e);
        }
        List<Proxy> known = new ArrayList<>();
        for (Proxy proxy : proxies == null ? List.<Proxy>of() : proxies) {
            if (proxy != null) {
                known.add(proxy);
            }
        }
        return known.isEmpty() ? List.of(Proxy.NO_PROXY) : known;
    }

    private static ProxyException notReached(Origin origin, Proxy proxy, IOException failure) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector != null) {
            try {
                selector.connectFailed(origin.url(), proxy.address(), failure);
            } catch (RuntimeException | LinkageError e) {
                failure.addSuppressed(e);
            }
        }
        return ProxyException.notReached(failure);
    }

    private GatewayConnection connection(
            Origin origin,
            boolean throughHttpProxy,
            @Nullable String proxy,
            @Nullable String proxyAuthorization,
            Socket socket,
            Cancellation cancellation)
            throws IOException {
        boolean connected = false;
        try {
            if (throughHttpProxy && origin.secure()) {
                openTunnel(origin, proxyAuthorization, socket, cancellation);
            }
            GatewayConnection connection = new GatewayConnection(
                    origin,
                    throughHttpProxy && !origin.secure(),
                    proxy,
                    socket,
                    origin.secure() ? tls().secure(origin, socket) : null);
            cancellation.check();
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                GatewayConnection.abort(socket);
            }
        }
    }

    private Socket connect(Origin origin, Proxy proxy, Cancellation cancellation) throws IOException {
        if (proxy.type() == Proxy.Type.DIRECT) {
            return connect(Proxy.NO_PROXY, hosts.resolve(origin.host(), cancellation), origin.port(), cancellation);
        }
        InetSocketAddress address = (InetSocketAddress) proxy.address();
        InetAddress[] found = hosts.resolve(address.getHostString(), cancellation);
        if (proxy.type() == Proxy.Type.HTTP) {
            return connect(Proxy.NO_PROXY, found, address.getPort(), cancellation);
        }
        // the SOCKS proxy resolves the gateway's host
        Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(found[0], address.getPort())));
        return connect(
                socket,
                InetSocketAddress.createUnresolved(origin.host(), origin.port()),
                connectTimeout.toMillis(),
                cancellation);
    }

    /** Tries the addresses in order. Each receives an equal share of the remaining time. */
    private Socket connect(Proxy direct, InetAddress[] addresses, int port, Cancellation cancellation)
            throws IOException {
        long end = System.nanoTime() + connectTimeout.toNanos();
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) / (addresses.length - i);
            try {
                return connect(
                        new Socket(direct),
                        new InetSocketAddress(addresses[i], port),
                        Math.max(1, remaining),
                        cancellation);
            } catch (IOException e) {
                cancellation.check();
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new SocketTimeoutException("Connect timed out") : failure;
    }

    private static Socket connect(
            Socket socket, InetSocketAddress address, long timeoutMillis, Cancellation cancellation)
            throws IOException {
        cancellation.closeOnCancel(() -> GatewayConnection.abort(socket));
        boolean connected = false;
        try {
            socket.connect(address, (int) timeoutMillis);
            // send a request without waiting for more bytes
            socket.setTcpNoDelay(true);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /**
     * Opens a tunnel through an HTTP proxy: see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC
     * 9110, 9.3.6</a>. No other header of the request is sent to the proxy.
     */
    private static void openTunnel(
            Origin origin, @Nullable String proxyAuthorization, Socket socket, Cancellation cancellation)
            throws IOException {
        ResponseHead head;
        try {
            head = new GatewayConnection(origin, true, null, socket, null)
                    .roundTrip(RequestHead.ofTunnel(origin, proxyAuthorization), null);
        } catch (IOException e) {
            cancellation.check();
            throw ProxyException.notOpened(e);
        }
        if (ProxyException.isAboutCredentialsOfTunnel(head.status())) {
            throw ProxyException.credentials(head, proxyAuthorization != null);
        }
        if (!PushResponse.isSuccess(head.status())) {
            throw ProxyException.refused(origin, head.status());
        }
    }

    /** Returns the factory of sockets with TLS. It is created for the first connection, because most gateways use http. */
    private synchronized TlsSockets tls() throws IOException {
        TlsSockets known = tls;
        if (known == null) {
            known = new TlsSockets(tlsFactory);
            tls = known;
        }
        return known;
    }
}
