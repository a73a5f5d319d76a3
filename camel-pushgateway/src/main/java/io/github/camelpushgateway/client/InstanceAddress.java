package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.GatewayUrl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The address from which this machine reaches a gateway, which is the value of the grouping label {@code instance}. */
public final class InstanceAddress {

    private InstanceAddress() {}

    /**
     * Returns the local address that the operating system would use to reach the gateway. Nothing is sent. The address
     * is a loopback address only if the gateway has one, unlike the address of the host's name, which Debian maps to
     * 127.0.1.1.
     *
     * @return the address; an IPv6 address without its zone
     * @throws IOException if the gateway's host is unknown, or there is no route to it
     */
    public static String towards(GatewayUrl url) throws IOException {
        InetSocketAddress gateway = new InetSocketAddress(url.host(), url.port());
        if (gateway.isUnresolved()) {
            throw new UnknownHostException("the host '" + url.host()
                    + "' of the gateway is unknown, so the local address cannot be determined; check the option url");
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(gateway);
            InetAddress local = socket.getLocalAddress();
            if (local.isAnyLocalAddress()) {
                throw new IOException("there is no route to the gateway at " + url.host()
                        + ", so the local address cannot be determined; set groupingKey.instance instead of"
                        + " instanceIp");
            }
            return withoutZone(local.getHostAddress());
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
