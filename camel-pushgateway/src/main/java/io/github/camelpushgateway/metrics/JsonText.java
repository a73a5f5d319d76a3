package io.github.camelpushgateway.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** A parser of JSON objects and lists. It returns the maps and lists that {@link MetricsBuilder} accepts. */
public final class JsonText {

    /** The maximum number of blanks before the first character, and of characters after an opening brace, that are read ahead. */
    private static final int MAX_LOOKAHEAD = 4_096;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int[] BYTE_ORDER_MARK_IN_UTF_8 = {0xEF, 0xBB, 0xBF};

    private JsonText() {}

    /**
     * Returns whether the first character after a byte order mark and blanks begins a JSON object or list. The text format never
     * begins with such a character.
     *
     * @param bytes a stream in UTF-8 that supports marks; its position is reset
     */
    public static boolean begins(InputStream bytes) throws IOException {
        bytes.mark(2 * MAX_LOOKAHEAD);
        try {
            int first = bytes.read();
            for (int mark : BYTE_ORDER_MARK_IN_UTF_8) {
                if (first == mark) {
                    first = bytes.read();
                }
            }
            for (int blanks = 0; isBlank(first) && blanks < MAX_LOOKAHEAD - 8; blanks++) {
                first = bytes.read();
            }
            return isBegin(first, bytes::read);
        } finally {
            bytes.reset();
        }
    }

    /**
     * Returns whether the first character after a byte order mark and blanks begins a JSON object or list.
     *
     * @param text a reader that supports marks; its position is reset
     */
    public static boolean begins(Reader text) throws IOException {
        text.mark(2 * MAX_LOOKAHEAD);
        try {
            int first = text.read();
            if (first == BYTE_ORDER_MARK) {
                first = text.read();
            }
            for (int blanks = 0; isBlank(first) && blanks < MAX_LOOKAHEAD - 8; blanks++) {
                first = text.read();
            }
            return isBegin(first, text::read);
        } finally {
            text.reset();
        }
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private interface Source {

        /** Returns the next byte or character, or -1 at the end. */
        int read() throws IOException;
    }

    private static boolean isBegin(int first, Source rest) throws IOException {
        return first == '[' || (first == '{' && !isQuotedMetric(rest));
    }

    /** Returns whether an opening brace is that of a quoted metric name, as in <code>{"my.metric"} 1</code>. */
    private static boolean isQuotedMetric(Source rest) throws IOException {
        int limit = MAX_LOOKAHEAD - 8;
        int c = rest.read();
        for (; isBlank(c) && limit > 0; limit--) {
            c = rest.read();
        }
        if (c != '"') {
            return false;
        }
        boolean isEscaped = false;
        for (c = rest.read(); c >= 0 && (c != '"' || isEscaped) && limit > 0; limit--) {
            isEscaped = c == '\\' && !isEscaped;
            c = rest.read();
        }
        for (c = rest.read(); isBlank(c) && limit > 0; limit--) {
            c = rest.read();
        }
        return c == ',' || c == '}';
    }

    /**
     * Reads one object or list from bytes in UTF-8, up to the end of the stream. Does not close the stream.
     *
     * @return a {@link java.util.Map} or a {@link java.util.List}
     * @throws TextFormatException if the text is not valid JSON; the message contains the line and column, but no part of the text
     */
    public static Object read(InputStream bytes) throws IOException {
        return JsonReader.read(bytes);
    }

    /** Reads one object or list from characters, as {@link #read(InputStream)} does. */
    public static Object read(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return JsonReader.read(text);
    }
}
