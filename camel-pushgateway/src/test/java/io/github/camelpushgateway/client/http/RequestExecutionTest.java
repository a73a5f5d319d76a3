package io.github.camelpushgateway.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.client.transport.Connector;
import io.github.camelpushgateway.client.transport.HostResolver;
import io.github.camelpushgateway.client.transport.HttpTransport;
import io.github.camelpushgateway.testing.Pushes;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cancelled execution has no running attempt. */
class RequestExecutionTest {

    private static final Duration FAR_AWAY = Duration.ofMinutes(10);

    @Test
    void attemptThatStartsDuringCancellationIsCancelled() {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(0);
        try {
            Attempt attempt = new Attempt(
                    new LazyRequest(
                            () -> GatewayRequest.of(URI.create("http://127.0.0.1:9091"), "GET", FAR_AWAY, Map.of())),
                    RequestListener.NONE,
                    null,
                    FAR_AWAY,
                    new HandlerChain(List.of()),
                    new HttpTransport(
                            new Connector(FAR_AWAY, null, new HostResolver(InetAddress::getAllByName, Runnable::run)),
                            false),
                    new AttemptTimeouts(FAR_AWAY, timer),
                    new AtomicInteger());
            CompletableFuture<RequestExecution> started = new CompletableFuture<>();
            RequestExecution execution = new RequestExecution(
                    RequestDescription.of(Pushes.push("x", 1), GatewayUrl.parse("127.0.0.1:9091")),
                    RequestListener.NONE,
                    new RequestExecution.Attempts() {
                        @Override
                        public void accepted() {}

                        @Override
                        public Attempt prepare(AtomicInteger requests) {
                            started.join().cancel(new ClientClosedException());
                            return attempt;
                        }

                        @Override
                        public void begin(Attempt cancelled) {
                            throw new AssertionError("it is already cancelled");
                        }

                        @Override
                        public @Nullable Retries retries() {
                            return null;
                        }
                    });
            started.complete(execution);

            execution.start();

            assertThat(execution.outcome()).isCompletedExceptionally();
            assertThat(attempt.outcome())
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ClientClosedException.class);
        } finally {
            timer.shutdownNow();
        }
    }
}
