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

/** Pauses, kills, terminates, restarts and closes gateways. */
class PushgatewayLifecycleIT {

    private final HttpClient plainClient = HttpClient.newHttpClient();

    @Test
    void pausedGatewayRespondsAfterResume() throws Exception {
        try (Pushgateway gateway = Pushgateway.start()) {
            gateway.pause();
            var push = plainClient.sendAsync(
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
    void killLosesAllGroups() throws Exception {
        try (Pushgateway gateway =
                Pushgateway.start(PushgatewaySetup.plain().withRestarts().withFlag("--persistence.file=groups"))) {
            push(gateway, "/metrics/job/a", "x 1\n");

            gateway.kill();

            assertThatThrownBy(() -> push(gateway, "/metrics/job/a", "x 1\n")).isInstanceOf(IOException.class);
            gateway.restart();
            assertThat(gateway.groups()).isEmpty();
            assertThat(push(gateway, "/metrics/job/a", "x 1\n")).isEqualTo(200);
        }
    }

    @Test
    void terminateKeepsPersistedGroups() throws Exception {
        try (Pushgateway gateway = Pushgateway.start(PushgatewaySetup.plain()
                .withRestarts()
                .withFlag("--persistence.file=groups")
                .withPathPrefix("/gw"))) {
            for (int run = 1; run <= 2; run++) {
                assertThat(push(gateway, "/metrics/job/a" + run, "x 1\n")).isEqualTo(200);

                gateway.terminate();
                gateway.restart();

                assertThat(gateway.groups()).hasSize(run);
            }
        }
    }

    @Test
    void killWithoutWithRestartsIsRejected() {
        try (Pushgateway gateway = Pushgateway.start()) {
            assertThatThrownBy(gateway::kill)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withRestarts");
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void closeEndsTheGateway() {
        Pushgateway gateway = Pushgateway.start();
        gateway.close();

        assertThatThrownBy(() -> push(gateway, "/metrics/job/a", "x 1\n")).isInstanceOf(IOException.class);
    }

    private int push(Pushgateway gateway, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return plainClient.send(request, BodyHandlers.discarding()).statusCode();
    }
}
