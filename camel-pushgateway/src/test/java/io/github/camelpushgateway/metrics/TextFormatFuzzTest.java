package io.github.camelpushgateway.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelpushgateway.metrics.text.TextFormat;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Parsing any bytes ends soon, with metrics or a rejection, and its memory is proportional to the number of bytes. */
class TextFormatFuzzTest {

    /** The buffers, and the classes that the first body loads. */
    private static final long MAX_BASE_ALLOCATION = 1_000_000;

    /** A family of four bytes (a name, a blank, a digit and a line feed) takes the most memory per byte. */
    private static final long MAX_ALLOCATION_PER_BYTE = 400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private double mostPerByte;
    private long mostForSmall;

    @Test
    void everyBodyIsParsedOrRejected() throws InterruptedException, IOException {
        Mutations mutations =
                new Mutations(Corpus.bodies().stream().map(CorpusBody::bytes).toList());
        // classes that are loaded once are not allocated for a body
        outcome(() -> TextFormat.read(new StringReader("# TYPE x gauge\nx 1\n")));
        outcome(() -> TextFormat.read(new StringReader("x{")));

        long bodies = FuzzRun.of(mutations).run(Duration.ofSeconds(20), this::examine);

        assertThat(bodies).isPositive();
        System.out.println("At most " + Math.round(mostPerByte) + " bytes allocated per byte of a large body, and "
                + mostForSmall + " for a small one");
    }

    private void examine(byte[] body) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Object outcome = outcome(() -> TextFormat.read(new ByteArrayInputStream(body)));
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        recordAllocation(body, allocated);
        assertThat(allocated).isLessThan(MAX_BASE_ALLOCATION + MAX_ALLOCATION_PER_BYTE * body.length);
        if (outcome instanceof TextFormatException rejection) {
            assertPointsInto(body, rejection);
        }
        String text = new String(body, UTF_8);
        if (Arrays.equals(text.getBytes(UTF_8), body)) {
            assertThat(describe(outcome(() -> TextFormat.read(new StringReader(text)))))
                    .isEqualTo(describe(outcome));
        }
    }

    private void recordAllocation(byte[] body, long allocated) {
        if (body.length > 10_000) {
            mostPerByte = Math.max(mostPerByte, (double) allocated / body.length);
        } else {
            mostForSmall = Math.max(mostForSmall, allocated);
        }
    }

    private static void assertPointsInto(byte[] body, TextFormatException rejection) {
        String[] lines = new String(body, UTF_8).split("\n", -1);
        assertThat(rejection.line()).isBetween(1, lines.length);
        assertThat(rejection.column()).isBetween(1, lines[rejection.line() - 1].length() + 1);
    }

    /** Any other exception fails the run. */
    private static Object outcome(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            return e;
        }
    }

    private static String describe(Object outcome) {
        return outcome instanceof MetricSnapshots metrics
                ? metrics.size() + " families, "
                        + metrics.stream()
                                .mapToInt(family -> family.getDataPoints().size())
                                .sum() + " series"
                : String.valueOf(((Throwable) outcome).getMessage());
    }

    private interface Reading {
        MetricSnapshots read() throws IOException;
    }
}
