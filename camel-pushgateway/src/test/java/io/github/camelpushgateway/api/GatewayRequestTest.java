package io.github.camelpushgateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayRequestTest {

    private final Map<String, String> original = new HashMap<>(Map.of("Authorization", "Bearer a"));
    private final GatewayRequest request =
            GatewayRequest.of(URI.create("http://localhost:9091"), "GET", Duration.ofSeconds(1), original);

    @Test
    void headersCannotBeModified() {
        Map<String, String> headers = request.headers();

        assertThatThrownBy(() -> headers.remove("authorization")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> headers.putIfAbsent("accept", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> headers.keySet().remove("authorization"))
                .isInstanceOf(UnsupportedOperationException.class);
        original.clear();
        assertThat(headers).containsExactly(Map.entry("Authorization", "Bearer a"));
    }

    @Test
    void headerNamesAreCaseInsensitiveInEachCopy() {
        GatewayRequest changed =
                request.withUrl(URI.create("http://other:9091")).withHeader("AUTHORIZATION", "Bearer b");

        assertThat(changed.headers()).hasSize(1).containsEntry("authorization", "Bearer b");
        assertThat(request.headers()).containsEntry("authorization", "Bearer a");
    }
}
