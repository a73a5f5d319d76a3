package io.github.camelpushgateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.Exemplar;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureExemplarTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-" + SPAN + "-01", "00-" + TRACE + "-" + SPAN + "-03"})
    void sampledTraceIsAnExemplar(String header) {
        Exemplar exemplar = Objects.requireNonNull(FailureExemplar.of(header, Instant.ofEpochSecond(7)));

        assertThat(exemplar.getLabels().get(Exemplar.TRACE_ID)).isEqualTo(TRACE);
        assertThat(exemplar.getLabels().get(Exemplar.SPAN_ID)).isEqualTo(SPAN);
        assertThat(exemplar.getTimestampMillis()).isEqualTo(7000);
        assertThat(exemplar.getValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-" + SPAN + "-00",
                "00-" + TRACE + "-" + SPAN,
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "\n-" + SPAN + "-01",
                "00-" + TRACE + TRACE + "-" + SPAN + "-01",
                "00-password-of-a-message-" + SPAN + "-01"
            })
    void otherHeadersAreNotAnExemplar(String header) {
        assertThat(FailureExemplar.of(header, Instant.EPOCH)).isNull();
    }

    @Test
    void headersOfOtherTypesAreNotAnExemplar() {
        assertThat(FailureExemplar.trace(message(42))).isNull();
        assertThat(FailureExemplar.trace(message(null))).isNull();
    }

    @Test
    void runHasTheTraceOfItsFirstFailure() {
        RunOutcome run = part(true, "healthy")
                .and(part(false, "first"))
                .and(part(false, "second"))
                .and(part(true, "last"))
                .withSuccess(false);

        assertThat(run.failedTrace()).isEqualTo("first");
    }

    private static RunOutcome part(boolean success, String trace) {
        Message message = message(trace);
        if (!success) {
            message.getExchange().setException(new IllegalStateException("failed"));
        }
        return RunOutcome.of(message.getExchange());
    }

    private static Message message(@Nullable Object header) {
        Message message = new DefaultExchange(new DefaultCamelContext()).getMessage();
        message.setHeader("traceparent", header);
        return message;
    }
}
