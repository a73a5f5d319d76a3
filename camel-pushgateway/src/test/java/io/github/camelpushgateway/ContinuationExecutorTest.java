package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads on which routes continue. */
class ContinuationExecutorTest {

    private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    @AfterEach
    void leave() {
        TENANT.remove();
    }

    /**
     * An executor without a pool behaves as after the stop of the context, or as if all threads of the pool are busy.
     */
    @Test
    void overflowThreadInheritsNoThreadLocals() {
        CompletableFuture<Optional<String>> inherited = new CompletableFuture<>();
        TENANT.set("a");

        new ContinuationExecutor().execute(() -> inherited.complete(Optional.ofNullable(TENANT.get())));

        assertThat(inherited.orTimeout(30, TimeUnit.SECONDS).join()).isEmpty();
    }
}
