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
abstract class LineReader {

    private static final int BUFFER_SIZE = 8192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private int number;

    private LineReader() {}

    /** Returns a reader of bytes in UTF-8. It does not close the stream. */
    static LineReader of(InputStream bytes) {
        return new ByteLineReader(bytes);
    }

    /** Returns a reader of characters. It does not close the given reader. */
    static LineReader of(Reader text) {
        return new CharLineReader(text);
    }

    /**
     * Returns the next line, or null after the last one.
     *
     * @throws TextFormatException if the line is not valid Unicode
     */
    @Nullable
    final TextLine next() throws IOException {
        String line = readLine(number + 1);
        if (line == null) {
            return null;
        }
        number++;
        int begin = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        return new TextLine(number, line.substring(begin, Math.max(begin, end)));
    }

    /**
     * Returns the text up to the next line feed or the end, or null at the end.
     *
     * @param lineNumber the number of the line, for the exception
     * @throws TextFormatException if the line is not valid Unicode
     */
    abstract @Nullable String readLine(int lineNumber) throws IOException;

    private static final class ByteLineReader extends LineReader {

        private static final char REPLACEMENT = '\uFFFD';

        private final InputStream bytes;
        private final byte[] buffer = new byte[BUFFER_SIZE];
        private int from;
        private int to;
        private byte[] line = new byte[256];

        ByteLineReader(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        @Nullable
        String readLine(int lineNumber) throws IOException {
            int length = 0;
            while (true) {
                if (from == to && !fill()) {
                    return length == 0 ? null : decode(lineNumber, length);
                }
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                length = append(length, end);
                from = end;
                if (end < to) {
                    from++;
                    return decode(lineNumber, length);
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

        private String decode(int lineNumber, int length) {
            String text = new String(line, 0, length, UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                validate(lineNumber, length);
            }
            return text;
        }

        /** Throws if a replacement character stems from malformed input. The text itself may contain one as well. */
        private void validate(int lineNumber, int length) {
            CharBuffer decoded = CharBuffer.allocate(length);
            if (UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length), decoded, true)
                    .isError()) {
                throw new TextFormatException(
                        lineNumber, decoded.position() + 1, "this is not UTF-8; write the text in this encoding");
            }
        }
    }

    private static final class CharLineReader extends LineReader {

        private final Reader text;
        private final char[] buffer = new char[BUFFER_SIZE];
        private int from;
        private int to;

        CharLineReader(Reader text) {
            this.text = text;
        }

        @Override
        @Nullable
        String readLine(int lineNumber) throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                if (from == to && !fill()) {
                    return line.isEmpty() ? null : validated(lineNumber, line);
                }
                int end = from;
                while (end < to && buffer[end] != '\n') {
                    end++;
                }
                line.append(buffer, from, end - from);
                from = end;
                if (end < to) {
                    from++;
                    return validated(lineNumber, line);
                }
            }
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, text.read(buffer));
            return to > 0;
        }

        private static String validated(int lineNumber, StringBuilder line) {
            int index = LabelRules.loneSurrogate(line);
            if (index >= 0) {
                throw new TextFormatException(
                        lineNumber,
                        index + 1,
                        "this is half of a surrogate pair, which UTF-8 cannot carry; mend the text's encoding");
            }
            return line.toString();
        }
    }
}
