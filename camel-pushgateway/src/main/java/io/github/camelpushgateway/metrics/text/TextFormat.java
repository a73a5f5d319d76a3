package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A parser of the <a href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">text format
 * 0.0.4</a> that follows the parser of a Pushgateway. It reads one line at a time.
 *
 * <p>The following deviations are tolerated: CRLF line endings, blanks after a value or a type, a last line without a line feed, and a byte
 * order mark.
 *
 * <p>Input that a gateway would accept but silently drop or falsify is rejected: inconsistent histograms and summaries, samples that
 * are not a part of their histogram or summary, timestamps, and two values of one series.
 */
public final class TextFormat {

    private TextFormat() {}

    /**
     * Reads metrics from bytes in UTF-8, up to the end of the stream. Does not close the stream.
     *
     * @throws TextFormatException if the input is not in the text format, or no Pushgateway could store it unchanged
     */
    public static MetricSnapshots read(InputStream bytes) throws IOException {
        return read(bytes, null);
    }

    /** Reads metrics from characters, up to the end of the reader, as {@link #read(InputStream)} does. */
    public static MetricSnapshots read(Reader text) throws IOException {
        return read(text, null);
    }

    /**
     * Reads metrics from bytes in UTF-8, as {@link #read(InputStream)} does.
     *
     * @param names escapes names, which may be quoted, as in version 1.0.0 of the format; or null to reject quoted names
     */
    public static MetricSnapshots read(InputStream bytes, @Nullable PushNames names) throws IOException {
        return new TextParser(names).parse(LineReader.of(bytes));
    }

    /**
     * Reads metrics from characters, as {@link #read(InputStream)} does.
     *
     * @param names escapes names, which may be quoted, or null to reject quoted names
     */
    public static MetricSnapshots read(Reader text, @Nullable PushNames names) throws IOException {
        return new TextParser(names).parse(LineReader.of(text));
    }
}
