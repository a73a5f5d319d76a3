package io.github.camelpushgateway.metrics.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.metrics.TextFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of bytes in UTF-8. */
final class ByteLines implements TextLines.Source {

    private static final int SIZE = 8192;
    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream bytes;
    private final byte[] buffer = new byte[SIZE];
    private int from;
    private int to;
    private byte[] line = new byte[256];

    ByteLines(InputStream bytes) {
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
        int longer = length + end - from;
        if (longer > line.length) {
            line = Arrays.copyOf(line, Math.max(longer, 2 * line.length));
        }
        System.arraycopy(buffer, from, line, length, end - from);
        return longer;
    }

    private String decode(int number, int length) {
        String text = new String(line, 0, length, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            check(number, length);
        }
        return text;
    }

    /** The replacement character may stand in a text, or for what is not UTF-8. */
    private void check(int number, int length) {
        CharBuffer decoded = CharBuffer.allocate(length);
        if (UTF_8.newDecoder()
                .decode(ByteBuffer.wrap(line, 0, length), decoded, true)
                .isError()) {
            throw new TextFormatException(
                    number, decoded.position() + 1, "this is not UTF-8; write the text in this encoding");
        }
    }
}
