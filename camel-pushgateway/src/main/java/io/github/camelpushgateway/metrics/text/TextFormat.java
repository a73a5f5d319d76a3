package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Reads the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text format
 * 0.0.4</a> as a Pushgateway does, one line at a time. Faults at the ends of lines are corrected: CRLF, blanks after
 * a value or a type, a last line without an end, a byte order mark. What a gateway would take, but lose or falsify without a word, is refused: histograms and
 * summaries that contradict themselves, samples that belong to neither, timestamps, two values of one series.
 */
public final class TextFormat {

    private TextFormat() {}

    /**
     * Reads metrics from bytes in UTF-8, up to their end. The stream is not closed.
     *
     * @throws TextFormatException if this is no text format, or holds what no Pushgateway could keep
     */
    public static MetricSnapshots read(InputStream bytes) throws IOException {
        return new TextParser().parse(new TextLines(new ByteLines(bytes)));
    }

    /** Reads metrics from characters, up to their end, as {@link #read(InputStream)} does. */
    public static MetricSnapshots read(Reader text) throws IOException {
        return new TextParser().parse(new TextLines(new CharLines(text)));
    }
}
