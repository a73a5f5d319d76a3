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

/** What the client does with every body of the corpus, as far as that can be told without a gateway. */
@ExtendWith(SoftAssertionsExtension.class)
class TextFormatCorpusTest {

    private static final List<CorpusBody> BODIES = Corpus.bodies();

    /** So much of a body, or of a name in it, may a message repeat at a stretch. */
    private static final int TOKEN = 120;

    private static final int LONGEST_MESSAGE = 600;

    @InjectSoftAssertions
    private SoftAssertions softly;

    @Test
    void thereAreBodiesOfEveryKind() {
        assertThat(BODIES).hasSizeGreaterThan(600);
        assertThat(BODIES.stream().filter(CorpusBody::weTake)).hasSizeGreaterThan(200);
    }

    @Test
    void takesOrRefusesWhatItShould() throws IOException {
        for (CorpusBody body : BODIES) {
            var refusal = refusal(body);
            softly.assertThat(refusal.isEmpty()).as("%s: %s", body, refusal).isEqualTo(body.weTake());
        }
    }

    @Test
    void aRefusalPointsIntoTheBody() throws IOException {
        for (CorpusBody body : BODIES) {
            if (refusal(body).orElse(null) instanceof TextFormatException refusal) {
                String[] lines = new String(body.bytes(), UTF_8).split("\n", -1);
                softly.assertThat(refusal.line()).as("line, %s", body).isBetween(1, lines.length);
                softly.assertThat(refusal.column())
                        .as("column, %s", body)
                        .isBetween(1, lines[refusal.line() - 1].length() + 1);
            }
        }
    }

    @Test
    void aRefusalRepeatsNoMoreThanAToken() throws IOException {
        for (CorpusBody body : BODIES) {
            String message = refusal(body).map(Throwable::getMessage).orElse("");
            softly.assertThat(message.length()).as("%s: length", body).isLessThanOrEqualTo(LONGEST_MESSAGE);
            String text = new String(body.bytes(), UTF_8);
            softly.assertThat(repeats(message, text))
                    .as("%s: %s", body, message)
                    .isFalse();
        }
    }

    private static boolean repeats(String message, String text) {
        return IntStream.rangeClosed(0, message.length() - TOKEN)
                .anyMatch(from -> text.contains(message.substring(from, from + TOKEN)));
    }

    @Test
    void charactersAreReadAsBytesAre() throws IOException {
        for (CorpusBody body : BODIES) {
            String text = new String(body.bytes(), UTF_8);
            if (Arrays.equals(text.getBytes(UTF_8), body.bytes())) {
                softly.assertThat(outcome(() -> TextFormat.read(new StringReader(text))))
                        .as(body.name())
                        .isEqualTo(outcome(() -> TextFormat.read(new ByteArrayInputStream(body.bytes()))));
            }
        }
    }

    private static Optional<IllegalArgumentException> refusal(CorpusBody body) throws IOException {
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
            return "refused: " + e.getMessage();
        }
    }

    private interface Reading {
        MetricSnapshots read() throws IOException;
    }
}
