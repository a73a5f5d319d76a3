package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelpushgateway.api.GatewayUrl;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceAddressTest {

    @Test
    void isLoopbackAddressForGatewayOnLoopback() throws Exception {
        assertThat(InstanceAddress.towards(GatewayUrl.parse("http://127.0.0.1:9091")))
                .isEqualTo("127.0.0.1");
        assertThat(InetAddress.getByName(InstanceAddress.towards(GatewayUrl.parse("localhost:9091")))
                        .isLoopbackAddress())
                .isTrue();
    }

    @Test
    void isNotLoopbackAddressForOtherGateways() throws Exception {
        Optional<InetAddress> other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst();
        assumeTrue(other.isPresent(), "this machine has only a loopback address");

        // no packet is sent: the address is one of this machine, and only the route is determined
        String address = InstanceAddress.towards(
                GatewayUrl.parse("http://" + other.orElseThrow().getHostAddress() + ":9091"));

        assertThat(InetAddress.getByName(address).isLoopbackAddress()).isFalse();
    }

    @Test
    void reportsUnknownHost() {
        assertThatThrownBy(() -> InstanceAddress.towards(GatewayUrl.parse("http://gateway.invalid:9091")))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("gateway.invalid");
    }
}
