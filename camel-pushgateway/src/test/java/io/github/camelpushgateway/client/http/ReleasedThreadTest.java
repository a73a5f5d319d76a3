package io.github.camelpushgateway.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReleasedThreadTest {

    @Test
    void threadCanBeTakenOnce() {
        ReleasedThread thread = new ReleasedThread();

        assertThat(List.of(thread.take(), thread.take())).containsExactly(true, false);
    }

    @Test
    void threadCanBeTakenOnlyByItself() {
        ReleasedThread thread = new ReleasedThread();

        assertThat(CompletableFuture.supplyAsync(thread::take).join()).isFalse();
    }

    @Test
    void threadCannotBeTakenAfterTheOutcomeWasReported() {
        ReleasedThread thread = new ReleasedThread();

        thread.end();

        assertThat(thread.take()).isFalse();
    }
}
