package io.github.camelpushgateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.client.PushStatistics;
import io.github.camelpushgateway.client.PushgatewayClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Pushes of a client to a faulty gateway or another server, and the resources that remain afterwards. */
public final class FaultRun implements AutoCloseable {

    /** The maximum time for threads and connections to end after a client is closed. */
    private static final Duration END = Duration.ofSeconds(10);

    private static final Duration CLOSE = Duration.ofSeconds(8);

    /** More than what the operating system buffers. */
    private static final int LARGE_BYTES = 5_000_000;

    /** Replaces the body of a push with one that is larger than all buffers. */
    public static final PushgatewayHandler LARGE_BODY =
            (request, next) -> next.handle(request.withBody(new byte[LARGE_BYTES]));

    private final SocketServer server;
    private final PushgatewayClient client;
    private final PushStatistics statistics = new PushStatistics();

    /** The outcome of a push. */
    public record Result(@Nullable PushgatewayException failure, Duration took) {}

    private FaultRun(SocketServer server, PushgatewayClient client) {
        this.server = server;
        this.client = client;
    }

    public static FaultRun of(FaultyGateway gateway, Duration requestTimeout) {
        PushgatewayHandler[] handlers = gateway.fault().phase() == Phase.REQUEST_BODY
                ? new PushgatewayHandler[] {LARGE_BODY}
                : new PushgatewayHandler[0];
        return new FaultRun(
                gateway.server(),
                new PushgatewayClient(settings(gateway.url(), requestTimeout, LoopbackTls.client(), handlers)));
    }

    /** Without retries. */
    public static FaultRun of(SocketServer server, PushgatewayHandler... handlers) {
        return new FaultRun(
                server, new PushgatewayClient(settings(server.url(), Duration.ofSeconds(10), null, handlers)));
    }

    public static FaultRun of(SocketServer server, boolean tls) {
        String url = tls ? server.url().replace("http:", "https:") : server.url();
        return new FaultRun(server, new PushgatewayClient(settings(url, Duration.ofSeconds(10), LoopbackTls.client())));
    }

    /** Without retries. */
    public static ClientSettings settings(
            String url, Duration requestTimeout, @Nullable SSLSocketFactory tls, PushgatewayHandler... handlers) {
        ClientSettings settings = Pushes.settings(url, requestTimeout, 0, handlers);
        return tls == null ? settings : Pushes.withTls(settings, tls);
    }

    PushgatewayClient client() {
        return client;
    }

    public PushStatistics statistics() {
        return statistics;
    }

    public CompletableFuture<Result> push() {
        return push(Pushes.push("x", 1));
    }

    public CompletableFuture<Result> push(PushRequest request) {
        return push(request, statistics);
    }

    private CompletableFuture<Result> push(PushRequest request, PushStatistics statistics) {
        long start = System.nanoTime();
        return Pushes.send(client, request, statistics)
                .handle((response, failure) -> new Result(
                        failure instanceof PushgatewayException exception ? exception : null,
                        Duration.ofNanos(System.nanoTime() - start)))
                .toCompletableFuture();
    }

    /** Pushes, and waits for the outcome. */
    public Result pushAndAwait() throws Exception {
        return push().get(30, TimeUnit.SECONDS);
    }

    /** Pushes, and waits for the success. */
    public void succeed() throws Exception {
        assertThat(pushAndAwait().failure()).isNull();
    }

    /** Pushes, and waits for the failure. */
    public PushgatewayException fail() throws Exception {
        return failure(push());
    }

    /** Pushes with separate statistics, and waits for the failure. */
    public PushgatewayException fail(PushStatistics own) throws Exception {
        return failure(push(Pushes.push("x", 1), own));
    }

    public static PushgatewayException failure(CompletableFuture<Result> push) throws Exception {
        PushgatewayException failure = push.get(30, TimeUnit.SECONDS).failure();
        if (failure == null) {
            throw new AssertionError("the push succeeded unexpectedly");
        }
        return failure;
    }

    /** Closes the client, and checks that this is quick and that no connection and no thread remains. */
    public void assertClosesQuicklyWithoutLeaks() {
        assertClosesQuickly(client);
        assertNoLeaks(server);
    }

    /** Closes the client on another thread, so that a hanging close blocks neither other cases nor the build. */
    public static void assertClosesQuickly(PushgatewayClient client) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            client.close();
            closed.complete(null);
        });
        closer.setDaemon(true);
        closer.start();
        assertThat(closed).as("close").succeedsWithin(CLOSE);
    }

    public static void assertNoLeaks(SocketServer server) {
        server.release();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(END)
                .untilAsserted(() -> {
                    assertThat(server.openConnections()).as("open connections").isZero();
                    assertThat(PushgatewayThreads.of(server.port())).isEmpty();
                });
    }

    /** Closes both sides, the server first, so that the client has nothing to wait for. */
    @Override
    public void close() throws IOException {
        server.close();
        client.close();
    }
}
