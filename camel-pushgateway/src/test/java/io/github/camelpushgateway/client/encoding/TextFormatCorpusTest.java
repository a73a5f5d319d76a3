package io.github.camelpushgateway.client.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GroupingKey;
import io.github.camelpushgateway.api.PushOperation;
import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.metrics.Corpus;
import io.github.camelpushgateway.metrics.CorpusBody;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The results of the client for every body of the corpus, without a gateway. */
@ExtendWith(SoftAssertionsExtension.class)
class TextFormatCorpusTest {

    private static final List<CorpusBody> BODIES = Corpus.bodies();

    /** The maximum length of a part of the body that a message may repeat. */
    private static final int MAX_TOKEN = 120;

    private static final int MAX_MESSAGE = 600;

    @InjectSoftAssertions
    private SoftAssertions softly;

    @Test
    void corpusIsLarge() {
        assertThat(BODIES).hasSizeGreaterThan(600);
        assertThat(BODIES.stream().filter(CorpusBody::clientAccepts)).hasSizeGreaterThan(200);
    }

    @Test
    void clientHasTheExpectedResults() throws IOException {
        for (CorpusBody body : BODIES) {
            var rejection = rejection(body);
            softly.assertThat(rejection.isEmpty()).as("%s: %s", body, rejection).isEqualTo(body.clientAccepts());
        }
    }

    @Test
    void rejectionHasAPositionInTheBody() throws IOException {
        for (CorpusBody body : BODIES) {
            if (rejection(body).orElse(null) instanceof TextFormatException rejection) {
                String[] lines = new String(body.bytes(), UTF_8).split("\n", -1);
                softly.assertThat(rejection.line()).as("line, %s", body).isBetween(1, lines.length);
                softly.assertThat(rejection.column())
                        .as("column, %s", body)
                        .isBetween(1, lines[rejection.line() - 1].length() + 1);
            }
        }
    }

    @Test
    void rejectionRepeatsAtMostOneToken() throws IOException {
        for (CorpusBody body : BODIES) {
            String message = rejection(body).map(Throwable::getMessage).orElse("");
            softly.assertThat(message.length()).as("%s: length", body).isLessThanOrEqualTo(MAX_MESSAGE);
            String text = new String(body.bytes(), UTF_8);
            softly.assertThat(repeats(message, text))
                    .as("%s: %s", body, message)
                    .isFalse();
        }
    }

    private static boolean repeats(String message, String text) {
        return IntStream.rangeClosed(0, message.length() - MAX_TOKEN)
                .anyMatch(from -> text.contains(message.substring(from, from + MAX_TOKEN)));
    }

    @Test
    void charactersAndBytesHaveTheSameResult() throws IOException {
        for (CorpusBody body : BODIES) {
            String text = new String(body.bytes(), UTF_8);
            if (Arrays.equals(text.getBytes(UTF_8), body.bytes())) {
                softly.assertThat(outcome(() -> TextFormat.read(new StringReader(text))))
                        .as(body.name())
                        .isEqualTo(outcome(() -> TextFormat.read(new ByteArrayInputStream(body.bytes()))));
            }
        }
    }

    private static Optional<IllegalArgumentException> rejection(CorpusBody body) throws IOException {
        try {
            var unused = new PushRequest(
                    PushOperation.PUSH,
                    GroupingKey.of("ours"),
                    TextFormat.read(new ByteArrayInputStream(body.bytes())));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e);
        }
    }

    private static String outcome(Reading reading) throws IOException {
        try {
            return new String(
                    new PayloadEncoder(Format.TEXT, Compression.NONE)
                            .encode(reading.read())
                            .bytes(),
                    UTF_8);
        } catch (IllegalArgumentException e) {
            return "rejected: " + e.getMessage();
        }
    }

    private interface Reading {
        MetricSnapshots read() throws IOException;
    }
}
