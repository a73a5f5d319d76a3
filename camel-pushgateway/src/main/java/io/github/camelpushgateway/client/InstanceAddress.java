package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Finds the address under which this machine reaches a gateway: the value of the grouping label {@code instance}. */
public final class InstanceAddress {

    private InstanceAddress() {}

    /**
     * Asks the operating system which local address it would use towards the gateway. Nothing is sent, and unlike the host's
     * own name, which Debian maps to 127.0.1.1, it is a loopback address only if the gateway is on one.
     *
     * @return the address, an IPv6 address without its zone
     * @throws IOException if the gateway's host is not known, or no route leads to it
     */
    public static String towards(GatewayUrl url) throws IOException {
        InetSocketAddress gateway = new InetSocketAddress(url.host(), url.port());
        if (gateway.isUnresolved()) {
            throw new UnknownHostException("the host '" + url.host()
                    + "' of the gateway is not known, so the address towards it cannot be found; check the option url");
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(gateway);
            InetAddress local = socket.getLocalAddress();
            if (local.isAnyLocalAddress()) {
                throw new IOException(
                        "no route leads to the gateway at " + url.host()
                                + ", so the address towards it cannot be found; give groupingKey.instance instead of instanceIp");
            }
            return withoutZone(local.getHostAddress());
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
