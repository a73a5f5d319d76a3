package io.github.camelpushgateway.client.transport;

import io.github.camelpushgateway.api.PushResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: directly or by a proxy, as the JVM's {@link ProxySelector} says, and with TLS for https. Each wait ends when the attempt is
 * cancelled.
 */
public final class Connector {

    private final Duration connectTimeout;
    private final HostResolver hosts;

    @Nullable
    private SSLSocketFactory tls;

    /**
     * Makes a connector.
     *
     * @param connectTimeout how long to wait until a socket is connected, the lookup of the host not included
     * @param tls what makes TLS connections, or null for what the JVM's system properties say
     */
    public Connector(Duration connectTimeout, @Nullable SSLSocketFactory tls, HostResolver hosts) {
        this.connectTimeout = connectTimeout;
        this.tls = tls;
        this.hosts = hosts;
    }

    GatewayConnection connect(Origin origin, Cancellation cancellation) throws IOException {
        IOException failure = null;
        for (Proxy proxy : proxies(origin)) {
            Socket socket;
            try {
                socket = connect(origin, proxy, cancellation);
            } catch (IOException e) {
                cancellation.check();
                failure = proxy.type() == Proxy.Type.DIRECT ? e : notReached(origin, proxy, e);
                continue;
            }
            return connection(origin, proxy, socket, cancellation);
        }
        throw failure == null ? new SocketTimeoutException("Connect timed out") : failure;
    }

    /** The JVM's selector may be one of other code. */
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
        return ProxyException.notReached(proxy, failure);
    }

    private GatewayConnection connection(Origin origin, Proxy proxy, Socket socket, Cancellation cancellation)
            throws IOException {
        boolean connected = false;
        try {
            boolean byProxy = proxy.type() == Proxy.Type.HTTP;
            if (byProxy && origin.secure()) {
                openTunnel(origin, proxy, socket);
            }
            GatewayConnection connection = new GatewayConnection(
                    origin, byProxy && !origin.secure(), socket, origin.secure() ? secured(origin, socket) : null);
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
        // the SOCKS proxy looks the gateway's host up
        Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(found[0], address.getPort())));
        return connect(
                socket,
                InetSocketAddress.createUnresolved(origin.host(), origin.port()),
                connectTimeout.toMillis(),
                cancellation);
    }

    /** Tries one address after the other; each gets an equal share of the time that is left. */
    private Socket connect(Proxy direct, InetAddress[] addresses, int port, Cancellation cancellation)
            throws IOException {
        long end = System.nanoTime() + connectTimeout.toNanos();
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) / (addresses.length - i);
            try {
                return connect(
                        new Socket(direct), new InetSocketAddress(addresses[i], port), Math.max(1, left), cancellation);
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
        cancellation.waitFor(() -> GatewayConnection.abort(socket));
        boolean connected = false;
        try {
            socket.connect(address, (int) timeoutMillis);
            // a request is not to wait for more bytes
            socket.setTcpNoDelay(true);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /** <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110, 9.3.6</a>. No header of the request is sent to the proxy. */
    private static void openTunnel(Origin origin, Proxy proxy, Socket socket) throws IOException {
        int status = new GatewayConnection(origin, true, socket, null)
                .exchange(RequestHead.ofTunnel(origin), null)
                .status();
        if (!PushResponse.isSuccess(status)) {
            throw ProxyException.refused(proxy, status);
        }
    }

    private SSLSocket secured(Origin origin, Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls().createSocket(socket, origin.host(), origin.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        // checks the host name, which a bare SSLSocket does not
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
        } catch (SSLException e) {
            if (e.getCause() instanceof CertificateException certificate && isAboutHost(certificate)) {
                throw (IOException)
                        new SSLPeerUnverifiedException("the certificate is not one for the host " + origin.host())
                                .initCause(e);
            }
            throw e;
        }
        return secured;
    }

    /** The JDK has no type of its own for it. Other reasons have a cause, or another beginning. */
    private static boolean isAboutHost(CertificateException failure) {
        String words = String.valueOf(failure.getMessage());
        return words.startsWith("No name matching") || words.startsWith("No subject alternative");
    }

    /** Not the default that other code may have set for the JVM, which may trust everybody. */
    private synchronized SSLSocketFactory tls() throws IOException {
        SSLSocketFactory factory = tls;
        if (factory == null) {
            try {
                factory = SSLContext.getInstance("Default").getSocketFactory();
            } catch (NoSuchAlgorithmException e) {
                throw new SSLException("the JVM has no TLS by its system properties javax.net.ssl", e);
            }
            tls = factory;
        }
        return factory;
    }
}
