package io.github.camelpushgateway.test.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A gateway that is paused, killed, terminated, restarted and closed. */
class PushgatewayLifecycleIT {

    private final HttpClient stranger = HttpClient.newHttpClient();

    @Test
    void hangsWhilePausedAndThenGoesOn() throws Exception {
        try (Pushgateway gateway = Pushgateway.start()) {
            gateway.pause();
            var push = stranger.sendAsync(
                    HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics/job/a"))
                            .PUT(HttpRequest.BodyPublishers.ofString("x 1\n"))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(push).isNotDone();

            gateway.resume();

            assertThat(push.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void forgetsWhatItHeldWhenItIsKilled() throws Exception {
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withRestarts().withFlag("--persistence.file=held"))) {
            push(gateway, "/metrics/job/a", "x 1\n");

            gateway.kill();

            assertThatThrownBy(() -> push(gateway, "/metrics/job/a", "x 1\n")).isInstanceOf(IOException.class);
            gateway.restart();
            assertThat(gateway.groups()).isEmpty();
            assertThat(push(gateway, "/metrics/job/a", "x 1\n")).isEqualTo(200);
        }
    }

    @Test
    void keepsWhatItHeldWhenItIsAskedToEndAndHasAFile() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain()
                .withRestarts()
                .withFlag("--persistence.file=held")
                .withPathPrefix("/gw"))) {
            for (int times = 1; times <= 2; times++) {
                assertThat(push(gateway, "/metrics/job/a" + times, "x 1\n")).isEqualTo(200);

                gateway.terminate();
                gateway.restart();

                assertThat(gateway.groups()).hasSize(times);
            }
        }
    }

    @Test
    void isStartedAgainOnlyIfThatWasAskedFor() {
        try (Pushgateway gateway = Pushgateway.start()) {
            assertThatThrownBy(gateway::kill)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withRestarts");
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void isGoneOnceItIsClosed() {
        Pushgateway gateway = Pushgateway.start();
        gateway.close();

        assertThatThrownBy(() -> push(gateway, "/metrics/job/a", "x 1\n")).isInstanceOf(IOException.class);
    }

    private int push(Pushgateway gateway, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return stranger.send(request, BodyHandlers.discarding()).statusCode();
    }
}
