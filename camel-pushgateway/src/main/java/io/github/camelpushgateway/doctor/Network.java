package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps below TLS: the addresses of the host, and a connection. With a proxy of the JVM, both steps concern the
 * proxy.
 */
final class Network {

    private static final int MAX_SHOWN = 4;

    private static final String PROXY = "Correct the system properties http.proxyHost and https.proxyHost with their"
            + " ports, or add the host of the gateway to http.nonProxyHosts.";

    private static final Pattern AUTHORITY_WITH_PORT = Pattern.compile("^\\w+://[^/]*:\\d+(/|$)");

    private final String host;
    private final int port;
    private final Duration connectTimeout;

    /** Whether the URL has no port, so that it is that of the scheme. */
    private final boolean hasDefaultPort;

    @Nullable
    private final Proxy proxy;

    Network(GatewayUrl url, Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        proxy = proxy(url.resolve("/"));
        hasDefaultPort = !AUTHORITY_WITH_PORT.matcher(url.toString()).find();
        if (proxy != null && proxy.address() instanceof InetSocketAddress address) {
            host = address.getHostString();
            port = address.getPort();
        } else {
            host = url.host();
            port = url.port();
        }
    }

    /** Returns the proxy that the client uses first, or null for a direct connection. */
    private static @Nullable Proxy proxy(URI url) {
        ProxySelector selector = ProxySelector.getDefault();
        List<Proxy> proxies = selector == null ? List.of() : selector.select(url);
        return proxies.isEmpty() || proxies.get(0).type() == Proxy.Type.DIRECT ? null : proxies.get(0);
    }

    /** Returns whether connections pass through a proxy. */
    boolean hasProxy() {
        return proxy != null;
    }

    /** Looks up the host, and returns its addresses. */
    List<InetAddress> resolve(Findings findings) throws StepException {
        try {
            List<InetAddress> addresses = List.of(Deadline.call(connectTimeout, () -> InetAddress.getAllByName(host)));
            String shown = addresses.stream()
                    .limit(MAX_SHOWN)
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .collect(Collectors.joining(", "));
            String name = host + (hasProxy() ? ", the proxy of the JVM," : "");
            findings.ok(
                    "dns",
                    shown.equals(host) || host.indexOf(':') >= 0
                            ? name + " is an address"
                            : name + " has the address " + shown + (addresses.size() > MAX_SHOWN ? ", ..." : ""));
            return addresses;
        } catch (UnknownHostException e) {
            throw new StepException(
                    "dns",
                    "the host " + host + " is unknown",
                    hasProxy()
                            ? PROXY
                            : host.equals("http") || host.equals("https")
                                    ? "Write url with a colon and two slashes, such as http://localhost:9091."
                                    : "Correct the host in url. In Kubernetes, the name of a service in another namespace is"
                                            + " service.namespace.svc.");
        } catch (SocketTimeoutException e) {
            throw new StepException(
                    "dns",
                    "the lookup of " + host + " took longer than " + connectTimeout.toMillis() + " ms",
                    "Check the name servers of this machine (/etc/resolv.conf).");
        } catch (Exception e) {
            throw new StepException(
                    "dns",
                    "the lookup of " + host + " failed: " + e,
                    "Check the host in url, and the name servers of this machine.");
        }
    }

    /** Connects to one of the addresses, and prints it. The caller closes the socket. */
    Socket connect(List<InetAddress> addresses, Findings findings) throws StepException {
        Socket socket = connect(addresses);
        findings.ok(
                "connect",
                (hasProxy() ? "the proxy of the JVM accepts connections at " : "a server accepts connections at ")
                        + address());
        return socket;
    }

    /** Connects to one of the addresses. The caller closes the socket. */
    Socket connect(List<InetAddress> addresses) throws StepException {
        IOException failure = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port), (int)
                        Math.max(1, connectTimeout.toMillis() / addresses.size()));
                return socket;
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                close(socket);
            }
        }
        throw notConnected(failure);
    }

    /** Returns host and port of the proxy, or of the gateway if there is none, as in a URL. */
    String address() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    private StepException notConnected(@Nullable IOException failure) {
        String target = (hasProxy() ? "the proxy of the JVM at " : "") + address();
        if (failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused")) {
            return new StepException(
                    "connect",
                    target + " refuses connections",
                    hasProxy()
                            ? PROXY
                            : "No server listens there. "
                                    + (hasDefaultPort
                                            ? "The url has no port: add it, such as :9091, the default of a Pushgateway. "
                                            : "")
                                    + "Start the gateway, or correct host and port in url. In a container, localhost is the"
                                    + " container itself.");
        }
        if (failure instanceof SocketTimeoutException) {
            return new StepException(
                    "connect",
                    target + " does not respond within " + connectTimeout.toMillis() + " ms",
                    "Check host and port in url, and whether a firewall or a network policy drops the packets.");
        }
        return new StepException(
                "connect",
                target + " cannot be reached: " + failure,
                "Check host and port in url, and the routes and firewalls of this machine.");
    }

    /** Closes a socket. A failure has no effect. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed nevertheless
        }
    }
}
