package io.github.camelpushgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.api.PushgatewayHandler;
import io.github.camelpushgateway.testing.ContextTestSupport;
import io.github.camelpushgateway.testing.WireServer;
import io.prometheus.metrics.model.registry.Collector;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A push that runs out of memory fails with a clear message, wherever the error occurs. */
class OutOfMemoryTest extends ContextTestSupport {

    static Stream<Arguments> places() {
        InputStream stream = new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("s3cret");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                throw new OutOfMemoryError("s3cret");
            }
        };
        Collector collector = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        PushgatewayHandler handler = (request, next) -> {
            throw new OutOfMemoryError("Requested array size exceeds VM limit");
        };
        return Stream.of(
                Arguments.of("", stream, null),
                Arguments.of("&metricName=rows", stream, null),
                Arguments.of("", Map.of("rows", stream), null),
                Arguments.of("", collector, null),
                Arguments.of("&registry=#used", null, collector),
                Arguments.of("&handler=#used", Map.of("rows", 1), handler));
    }

    @ParameterizedTest
    @MethodSource("places")
    void outOfMemoryErrorFailsPushWithClearMessage(String options, @Nullable Object body, @Nullable Object bean)
            throws Exception {
        Exchange failed;
        try (WireServer server = new WireServer(WireServer.status(200, ""))) {
            if (bean != null) {
                context.getRegistry().bind("used", bean);
            }
            failed = context.createProducerTemplate()
                    .request(
                            "pushgateway:a?maxRetries=0&url=" + server.url() + options,
                            exchange -> exchange.getMessage().setBody(body));
            assertThat(server.requests()).isEmpty();
        }

        assertThat(failed.getException())
                .isInstanceOf(PushgatewayException.class)
                .hasMessageStartingWith("pushadd of the group {job=\"a\"} was not sent")
                .hasMessageContaining("the JVM ran out of memory")
                .hasMessageContaining("send fewer metrics in one push")
                .hasMessageNotContaining("s3cret")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }
}
