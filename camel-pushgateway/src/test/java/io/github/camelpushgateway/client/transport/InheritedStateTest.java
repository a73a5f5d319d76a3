package io.github.camelpushgateway.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.testing.Pushes;
import io.github.camelpushgateway.testing.WireServer;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread of the client serves all callers, so it inherits nothing from the caller for which it was started. */
class InheritedStateTest {

    private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    /** The state that a thread may inherit from another. */
    private record State(
            String name, @Nullable String tenant, @Nullable ClassLoader loader) {

        static State current() {
            Thread thread = Thread.currentThread();
            return new State(thread.getName(), TENANT.get(), thread.getContextClassLoader());
        }

        void assertIsOfTheClient() {
            assertThat(tenant).as("what %s inherited", name).isNull();
            assertThat(loader)
                    .as("context class loader of %s", name)
                    .isSameAs(PushgatewayClient.class.getClassLoader());
        }
    }

    @AfterEach
    void leave() {
        TENANT.remove();
    }

    private static void as(String tenant, Runnable task) throws InterruptedException {
        Thread caller = new Thread(() -> {
            TENANT.set(tenant);
            Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
            task.run();
        });
        caller.start();
        caller.join(TimeUnit.SECONDS.toMillis(30));
    }

    enum Start {
        NEW_THREAD {
            @Override
            void start(DaemonThreads threads, Runnable task) {
                threads.newThread(task).start();
            }
        },
        EXECUTE {
            @Override
            void start(DaemonThreads threads, Runnable task) {
                threads.execute(task);
            }
        };

        abstract void start(DaemonThreads threads, Runnable task);
    }

    @ParameterizedTest
    @EnumSource
    void threadInheritsNothing(Start start) throws Exception {
        CompletableFuture<State> state = new CompletableFuture<>();

        as("a", () -> start.start(new DaemonThreads("test-"), () -> state.complete(State.current())));

        state.get(30, TimeUnit.SECONDS).assertIsOfTheClient();
    }

    /** A retry starts on the timer thread, and a continuation runs on the sender thread. */
    @Test
    void handlersAndContinuationsHaveNoStateOfOtherCallers() throws Exception {
        List<State> states = Collections.synchronizedList(new ArrayList<>());
        PushgatewayHandler handler = (request, next) -> {
            states.add(State.current());
            return next.handle(request);
        };
        try (WireServer server = new WireServer(WireServer.status(503, "later"));
                PushgatewayClient client =
                        new PushgatewayClient(Pushes.settings(server.url(), Duration.ofSeconds(10), 1, handler))) {
            for (String tenant : List.of("a", "b")) {
                CountDownLatch done = new CountDownLatch(1);
                as(
                        tenant,
                        () -> client.send(Pushes.push("x", 1)).whenComplete((response, failure) -> {
                            states.add(State.current());
                            done.countDown();
                        }));
                assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(states).hasSize(6).allSatisfy(State::assertIsOfTheClient);
    }
}
