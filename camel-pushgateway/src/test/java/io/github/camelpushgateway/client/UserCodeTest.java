package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.testing.FaultRun;
import io.github.camelpushgateway.testing.FaultyProxySelector;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.SocketServer;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** User code that a connection calls, such as a proxy selector or a trust manager, may block or fail. */
class UserCodeTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** More than the number of concurrent requests. */
    private static final int PUSHES = 8;

    @Nullable
    private final ProxySelector before = ProxySelector.getDefault();

    private final Block block = new Block();

    @AfterEach
    void restore() {
        ProxySelector.setDefault(before);
        block.end();
    }

    /** Code that ignores interrupts while it blocks. */
    private static final class Block {

        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger entered = new AtomicInteger();
        private volatile boolean started;

        void enter() {
            if (!started) {
                return;
            }
            entered.incrementAndGet();
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    // ignored, like code that waits for the network
                }
            }
        }

        void begin() {
            started = true;
        }

        /** Stops blocking further threads. Blocked threads stay blocked. */
        void stopBlocking() {
            started = false;
        }

        void end() {
            end.countDown();
        }
    }

    static SocketServer responding() throws IOException {
        return new SocketServer(connection -> {
            while (connection.read() != null) {
                connection.respond();
            }
        });
    }

    static CompletableFuture<PushResponse> push(PushgatewayClient client, String job) {
        return client.send(new PushRequest(PushOperation.PUSH, GroupingKey.of(job), Pushes.gauge("x", 1)))
                .toCompletableFuture();
    }

    static PushgatewayException failure(CompletableFuture<PushResponse> push) {
        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(push::isDone);
        Throwable failure = push.handle((response, thrown) -> thrown).join();
        assertThat(failure).isInstanceOf(PushgatewayException.class);
        return (PushgatewayException) failure;
    }

    /** The blocked threads stay blocked until the end of the test. They must not occupy a slot or a group. */
    private void assertTimesOutAndRecovers(PushgatewayClient client) {
        block.begin();
        List<CompletableFuture<PushResponse>> blocked = new ArrayList<>();
        for (int i = 0; i < PUSHES; i++) {
            blocked.add(push(client, "job-" + i));
        }
        assertThat(blocked)
                .allSatisfy(push -> assertThat(failure(push)).hasCauseInstanceOf(SocketTimeoutException.class));
        assertThat(block.entered).hasValueGreaterThan(0);

        block.stopBlocking();

        for (int i = 0; i < PUSHES; i++) {
            assertThat(push(client, "job-" + i)).succeedsWithin(SOON);
        }
    }

    @Test
    void blockingSelectorBlocksOnlyItsOwnPushes() throws Exception {
        try (SocketServer server = responding();
                PushgatewayClient client = new PushgatewayClient(Pushes.settings(server.url(), SHORT, 0))) {
            FaultyProxySelector.install(
                    server.port(),
                    () -> {
                        block.enter();
                        return List.of(Proxy.NO_PROXY);
                    },
                    () -> {});

            assertTimesOutAndRecovers(client);

            FaultRun.assertClosesQuickly(client);
            block.end();
            FaultRun.assertNoLeaks(server);
        }
    }

    /** A trust manager that trusts all certificates, unless it blocks. */
    private final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            block.enter();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        SSLSocketFactory sockets() throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context.getSocketFactory();
        }
    }

    private PushgatewayClient client(SocketServer server, Duration requestTimeout) throws Exception {
        String url = server.url().replace("http:", "https:");
        return new PushgatewayClient(FaultRun.settings(url, requestTimeout, new Trusting().sockets()));
    }

    @Test
    void blockingTrustManagerBlocksOnlyItsOwnPushes() throws Exception {
        try (SocketServer server = new SocketServer(connection -> {
                    connection.secure(LoopbackTls.serverContext());
                    while (connection.read() != null) {
                        connection.respond();
                    }
                });
                PushgatewayClient warm = client(server, SOON.multipliedBy(4));
                PushgatewayClient client = client(server, Duration.ofSeconds(1))) {
            // the first handshake of a JVM takes long
            assertThat(push(warm, "a")).succeedsWithin(SOON.multipliedBy(4));
            FaultRun.assertClosesQuickly(warm);

            assertTimesOutAndRecovers(client);

            FaultRun.assertClosesQuickly(client);
            block.end();
            FaultRun.assertNoLeaks(server);
        }
    }
}
