package io.github.camelpushgateway.metrics.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the lines of a text. It removes a byte order mark at the beginning of the text and a carriage return at the end
 * of a line.
 */
final class LineReader {

    private static final int BUFFER_SIZE = 8192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Source source;
    private int number;

    private interface Source {

        /**
         * Returns the text up to the next line feed or the end, or null at the end.
         *
         * @param number the number of the line, for the exception
         * @throws TextFormatException if the line is not valid Unicode
         */
        @Nullable
        String read(int number) throws IOException;
    }

    private LineReader(Source source) {
        this.source = source;
    }

    /** Returns a reader of bytes in UTF-8. It does not close the stream. */
    static LineReader of(InputStream bytes) {
        return new LineReader(new ByteSource(bytes));
    }

    /** Returns a reader of characters. It does not close the underlying reader. */
    static LineReader of(Reader text) {
        return new LineReader(new CharSource(text));
    }

    /**
     * Returns the next line, or null after the last one.
     *
     * @throws TextFormatException if the line is not valid Unicode
     */
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

    private static final class ByteSource implements Source {

        private static final char REPLACEMENT = '\uFFFD';

        private final InputStream bytes;
        private final byte[] buffer = new byte[BUFFER_SIZE];
        private int from;
        private int to;
        private byte[] line = new byte[256];

        ByteSource(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public @Nullable String read(int number) throws IOException {
            int length = 0;
            while (true) {
                if (from == to && !fill()) {
                    return length == 0 ? null : decode(number, length);
                }
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                length = append(length, end);
                from = end;
                if (end < to) {
                    from++;
                    return decode(number, length);
                }
            }
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, bytes.read(buffer));
            return to > 0;
        }

        private int append(int length, int end) {
            int newLength = length + end - from;
            if (newLength > line.length) {
                line = Arrays.copyOf(line, Math.max(newLength, 2 * line.length));
            }
            System.arraycopy(buffer, from, line, length, end - from);
            return newLength;
        }

        private String decode(int number, int length) {
            String text = new String(line, 0, length, UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                validate(number, length);
            }
            return text;
        }

        /** Throws if a replacement character stems from malformed input. The text itself may contain one as well. */
        private void validate(int number, int length) {
            CharBuffer decoded = CharBuffer.allocate(length);
            if (UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length), decoded, true)
                    .isError()) {
                throw new TextFormatException(
                        number, decoded.position() + 1, "this is not valid UTF-8; encode the text in UTF-8");
            }
        }
    }

    private static final class CharSource implements Source {

        private final Reader text;
        private final char[] buffer = new char[BUFFER_SIZE];
        private int from;
        private int to;

        CharSource(Reader text) {
            this.text = text;
        }

        @Override
        public @Nullable String read(int number) throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                if (from == to && !fill()) {
                    return line.isEmpty() ? null : validated(number, line);
                }
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                line.append(buffer, from, end - from);
                from = end;
                if (end < to) {
                    from++;
                    return validated(number, line);
                }
            }
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, text.read(buffer));
            return to > 0;
        }

        private static String validated(int number, StringBuilder line) {
            int index = LabelRules.loneSurrogate(line);
            if (index >= 0) {
                throw new TextFormatException(
                        number,
                        index + 1,
                        "this is an unpaired surrogate, which UTF-8 cannot encode; fix the encoding of the text");
            }
            return line.toString();
        }
    }
}
