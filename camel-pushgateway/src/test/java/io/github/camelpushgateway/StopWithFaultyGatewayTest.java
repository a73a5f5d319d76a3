package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.FaultCase;
import io.github.camelpushgateway.testing.FaultyGateway;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.Phase;
import io.github.camelpushgateway.testing.PortProxies;
import io.github.camelpushgateway.testing.PushgatewayThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A context stops within its shutdown timeout while gateways, or proxies in front of them, hang in any phase. */
class StopWithFaultyGatewayTest extends ContextTestSupport {

    /** More bytes than all buffers can hold. */
    private static final int LARGE_BYTES = 5_000_000;

    private static final int SHUTDOWN_SECONDS = 1;

    /** Maximum time that a stop may take in addition to the shutdown timeout. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Duration CLEANUP_TIME = Duration.ofSeconds(10);

    /** Kind of connection to the gateways of a context. */
    enum ConnectionKind {
        PLAIN,
        TLS,
        PROXY;

        static ConnectionKind of(FaultCase fault) {
            if (fault.phase().isProxied()) {
                return PROXY;
            }
            return fault.tls() || fault.phase() == Phase.TLS_HANDSHAKE ? TLS : PLAIN;
        }

        Stream<FaultCase> faults() {
            return FaultCase.all().filter(FaultCase::isHanging).filter(fault -> of(fault) == this);
        }
    }

    @TempDir
    Path folder;

    private final List<FaultyGateway> gateways = new ArrayList<>();
    private final PortProxies proxies = PortProxies.install();

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        // each test starts the context
        test.withUseAdviceWith(true);
    }

    @AfterEach
    void restore() throws Exception {
        proxies.close();
        for (FaultyGateway gateway : gateways) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhilePushesHang(ConnectionKind kind) throws Exception {
        start(kind, Duration.ofMinutes(10));
        List<CompletableFuture<Exchange>> pushes = push();
        for (FaultyGateway gateway : gateways) {
            assertThat(gateway.awaitReached()).as("%s", gateway.fault()).isTrue();
        }

        stopWithin(Duration.ofSeconds(SHUTDOWN_SECONDS).plus(GRACE));

        assertThat(pushes)
                .allSatisfy(push -> assertThat(push)
                        .succeedsWithin(CLEANUP_TIME)
                        .satisfies(
                                exchange -> assertThat(exchange.getException()).isNotNull()));
        assertNoConnectionsOrThreads();
    }

    /** No pushes are pending, so the stop must not wait. */
    @ParameterizedTest
    @EnumSource
    void stopsAfterHangingPushesFailed(ConnectionKind kind) throws Exception {
        start(kind, Duration.ofMillis(300));
        for (CompletableFuture<Exchange> push : push()) {
            assertThat(push.get(20, TimeUnit.SECONDS).getException()).isNotNull();
        }

        stopWithin(GRACE);

        assertNoConnectionsOrThreads();
    }

    private void start(ConnectionKind kind, Duration requestTimeout) throws Exception {
        for (FaultCase fault : kind.faults().toList()) {
            FaultyGateway gateway = new FaultyGateway(fault);
            proxies.add(gateway.server().port(), gateway.proxy());
            gateways.add(gateway);
        }
        context.getRegistry().bind("tls", trusting());
        PushgatewayHandler large = (request, next) -> next.handle(request.withBody(new byte[LARGE_BYTES]));
        context.getRegistry().bind("large", large);
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (FaultyGateway gateway : gateways) {
                    from("direct:" + gateway.server().port())
                            .errorHandler(noErrorHandler())
                            .to("pushgateway:a?metricName=x&maxRetries=0&sslContextParameters=#tls&requestTimeout="
                                    + requestTimeout.toMillis() + "&url=" + gateway.url()
                                    + (gateway.fault().phase() == Phase.REQUEST_BODY ? "&handler=#large" : ""));
                }
            }
        });
        context.start();
    }

    private List<CompletableFuture<Exchange>> push() {
        return gateways.stream()
                .map(gateway -> context.createProducerTemplate()
                        .asyncSend(
                                "direct:" + gateway.server().port(),
                                exchange -> exchange.getMessage().setBody(1)))
                .toList();
    }

    /** Stops the context on a daemon thread, so that a stop that hangs does not block the build. */
    private void stopWithin(Duration time) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Thread stopper = new Thread(() -> {
            context.stop();
            stopped.complete(null);
        });
        stopper.setDaemon(true);
        stopper.start();
        assertThat(stopped).as("stop").succeedsWithin(time);
    }

    private void assertNoConnectionsOrThreads() {
        gateways.forEach(gateway -> gateway.server().release());
        await().atMost(CLEANUP_TIME)
                .untilAsserted(() -> assertThat(gateways).allSatisfy(gateway -> {
                    assertThat(gateway.server().openConnections())
                            .as("open connections to %s", gateway.fault())
                            .isZero();
                    assertThat(PushgatewayThreads.of(gateway.server().port())).isEmpty();
                }));
    }

    private SSLContextParameters trusting() throws Exception {
        Path file = folder.resolve("store.p12");
        Files.write(file, LoopbackTls.certificates().pkcs12());
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + file);
        store.setType("PKCS12");
        store.setPassword("changeit");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }
}
