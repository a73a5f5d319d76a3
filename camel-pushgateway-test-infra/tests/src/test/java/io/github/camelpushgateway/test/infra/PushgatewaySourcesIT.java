package io.github.camelpushgateway.test.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Each source of a gateway, if it is available on this machine. */
class PushgatewaySourcesIT {

    private final PushgatewaySetup plain = PushgatewaySetup.plain();
    private final String preferred = System.getProperty(SourceOrder.PROPERTY, "container");

    @AfterEach
    void restoreProperties() {
        System.clearProperty(ExternalGatewaySource.PROPERTY);
        System.setProperty(SourceOrder.PROPERTY, preferred);
    }

    @Test
    void externalGatewayIsUsedFirstAndNotStopped() {
        try (Pushgateway running = Pushgateway.start()) {
            System.setProperty(ExternalGatewaySource.PROPERTY, running.url());

            Pushgateway.start().close();

            assertThat(Pushgateway.start().source()).contains("system property");
            assertThat(running.version()).isNotEmpty();
        }
    }

    @Test
    void externalGatewayIsNotUsedForAnotherSetup() {
        System.setProperty(ExternalGatewaySource.PROPERTY, "http://127.0.0.1:9091");

        assertThatThrownBy(() -> new ExternalGatewaySource().start(plain.withBasicAuth("u", "p")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be configured");
    }

    @Test
    void containerIsUsedIfAnEngineIsAvailable() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no container engine");

        try (Pushgateway gateway = Pushgateway.start()) {
            assertThat(gateway.source()).startsWith("the container prom/pushgateway");
        }
    }

    @Test
    void preferredProgramIsUsedFirst() {
        assumeTrue(Programs.find("pushgateway-1.5.1").isPresent(), "no such program on the PATH");
        System.setProperty(SourceOrder.PROPERTY, "program");

        try (Pushgateway gateway = Pushgateway.start(plain.withVersion("1.5.1"))) {
            assertThat(gateway.source()).startsWith("the program ").endsWith("pushgateway-1.5.1");
            assertThat(gateway.version()).isEqualTo("1.5.1");
        }
    }

    @Test
    void invalidPreferenceIsRejected() {
        System.setProperty(SourceOrder.PROPERTY, "podman");

        assertThatThrownBy(Pushgateway::start)
                .hasMessage("the system property pushgateway.prefer is 'podman'; write container or program");
    }

    @Test
    void containerPortIsPublishedOnLoopbackOnly() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no container engine");

        try (PushgatewayContainer container = new PushgatewayContainer()) {
            container.start();

            assertThat(container
                            .getContainerInfo()
                            .getNetworkSettings()
                            .getPorts()
                            .getBindings()
                            .values())
                    .singleElement(InstanceOfAssertFactories.array(Ports.Binding[].class))
                    .extracting(Ports.Binding::getHostIp)
                    .containsOnly("127.0.0.1");
        }
    }

    @Test
    void unavailableImageIsAnIoException() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no container engine");

        PushgatewayContainer container = new PushgatewayContainer();
        container.setImage(CompletableFuture.failedFuture(new IOException("no such image")));

        assertThatThrownBy(() -> new ContainerSource(setup -> container).start(plain))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("prom/pushgateway");
    }

    @Test
    void packageNeedsNoInstallation() throws Exception {
        assumeTrue(Programs.find("apt-get").isPresent(), "neither Debian nor Ubuntu");

        try (Pushgateway gateway = new PackageSource().start(plain)) {
            assertThat(gateway.version()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void severalThreadsCanStartGatewaysConcurrently() {
        assumeTrue(Programs.find("apt-get").isPresent(), "neither Debian nor Ubuntu");

        var gateways = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return new PackageSource().start(plain);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toList();

        assertThat(gateways).allSatisfy(gateway -> gateway.join().close());
    }

    @Test
    void packageSupportsBasicAuthTlsAndClientCertificates() throws Exception {
        assumeTrue(Programs.find("apt-get").isPresent(), "neither Debian nor Ubuntu");

        PushgatewaySetup protectedSetup = plain.withBasicAuth("ops", "secret")
                .withTls(TestCertificates.create())
                .withClientCertificates();
        try (Pushgateway gateway = new PackageSource().start(protectedSetup)) {
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void failedStartReportsTheOutputOfTheProgram() {
        assumeTrue(Programs.find("apt-get").isPresent(), "neither Debian nor Ubuntu");

        assertThatThrownBy(() -> new PackageSource().start(plain.withFlag("--no-such-flag")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-flag");
    }
}
