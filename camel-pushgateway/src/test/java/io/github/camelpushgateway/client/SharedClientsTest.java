package io.github.camelpushgateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.Pushes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A client is open as long as it is used. */
class SharedClientsTest {

    @Test
    void throwingUseReturnsItsLease() {
        SharedClients clients = new SharedClients(Runnable::run);
        ClientSettings settings = Pushes.settings("http://127.0.0.1:9091", Duration.ofSeconds(1), 0);
        AtomicReference<PushgatewayClient> used = new AtomicReference<>();

        assertThatThrownBy(() -> clients.use(settings, client -> {
                    used.set(client);
                    throw new OutOfMemoryError("thrown");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        // the last lease was returned
        assertThat(Objects.requireNonNull(used.get()).ready())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("the client was closed");
    }
}
