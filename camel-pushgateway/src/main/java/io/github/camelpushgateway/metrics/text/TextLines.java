package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.TextFormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a text, one after another, with faults at their ends mended. */
final class TextLines {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Where lines come from. */
    interface Source {

        /**
         * Returns what stands before the next line feed, or before the end; null after the end.
         *
         * @param line its number, for an exception
         * @throws TextFormatException if that is not Unicode
         */
        @Nullable
        String read(int line) throws IOException;
    }

    private final Source source;
    private int number;

    TextLines(Source source) {
        this.source = source;
    }

    /** Returns the next line, or null after the last one. */
    @Nullable
    TextLine next() throws IOException {
        String line = source.read(number + 1);
        if (line == null) {
            return null;
        }
        number++;
        int begin = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        return new TextLine(number, line.substring(begin, Math.max(begin, end)));
    }
}
