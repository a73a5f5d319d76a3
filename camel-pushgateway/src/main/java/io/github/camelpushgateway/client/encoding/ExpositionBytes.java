package io.github.camelpushgateway.client.encoding;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A buffer for an exposition, to be used again. A character writer would need buffers of 24 KiB for each push, and most
 * pushes have a few hundred bytes.
 */
final class ExpositionBytes extends OutputStream {

    private static final int INITIAL_SIZE = 512;
    private static final int MAX_ASCII = 0x7f;

    /** The maximum number of bytes of one character in UTF-8. */
    private static final int MAX_CHARACTER_BYTES = 4;

    /** The maximum number of digits of an integer. */
    private static final int MAX_DIGITS = 19;

    /** The lowest number for which {@link Double#toString} writes an exponent. */
    private static final long FIRST_WITH_EXPONENT = 10_000_000;

    private byte[] bytes;
    private int size;

    /**
     * Creates an empty buffer.
     *
     * @param expected the expected number of bytes
     */
    ExpositionBytes(int expected) {
        bytes = new byte[Math.max(INITIAL_SIZE, expected)];
    }

    /** Returns the number of bytes. */
    int size() {
        return size;
    }

    /** Appends ASCII characters. */
    ExpositionBytes ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** Appends one ASCII character. */
    ExpositionBytes ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** Appends a help text. Backslashes and line feeds are escaped. */
    void help(String text) {
        escaped(text, false);
    }

    /** Appends the value of a label. Quotation marks are escaped as well. */
    void labelValue(String text) {
        escaped(text, true);
    }

    private void escaped(String text, boolean quotes) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > MAX_ASCII || isEscaped(c, quotes)) {
                escapedFrom(i, text, quotes);
                return;
            }
            bytes[size++] = (byte) c;
        }
    }

    private static boolean isEscaped(char c, boolean quotes) {
        return c == '\n' || c == '\\' || (c == '"' && quotes);
    }

    /**
     * Appends the rest of a text, in UTF-8: see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629,
     * 3</a>.
     */
    private void escapedFrom(int start, String text, boolean quotes) {
        for (int i = start; i < text.length(); i++) {
            ensure(MAX_CHARACTER_BYTES);
            char c = text.charAt(i);
            if (c <= MAX_ASCII) {
                if (isEscaped(c, quotes)) {
                    bytes[size++] = '\\';
                    c = c == '\n' ? 'n' : c;
                }
                bytes[size++] = (byte) c;
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                character(codePoint);
            }
        }
    }

    private void character(int c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | (c >> 6));
        } else {
            if (c < 0x10000) {
                bytes[size++] = (byte) (0xe0 | (c >> 12));
            } else {
                bytes[size++] = (byte) (0xf0 | (c >> 18));
                bytes[size++] = continuationByte(c >> 12);
            }
            bytes[size++] = continuationByte(c >> 6);
        }
        bytes[size++] = continuationByte(c);
    }

    private static byte continuationByte(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Appends an integer. */
    ExpositionBytes number(long number) {
        if (number < 0) {
            // no absolute value, which Long.MIN_VALUE does not have
            return ascii(Long.toString(number));
        }
        ensure(MAX_DIGITS);
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** Appends a number like {@link Double#toString}, but infinity in the notation of the format. */
    ExpositionBytes number(double number) {
        if (Double.isInfinite(number)) {
            return ascii(number > 0 ? "+Inf" : "-Inf");
        }
        long whole = (long) number;
        boolean isWhole = whole == number && (whole != 0 || 1 / number > 0);
        return isWhole && whole < FIRST_WITH_EXPONENT && whole > -FIRST_WITH_EXPONENT
                ? number(whole).ascii(".0")
                : ascii(Double.toString(number));
    }

    @Override
    public void write(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void ensure(int additional) {
        if (additional > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + additional));
        }
    }

    /** Removes all bytes. */
    void reset() {
        size = 0;
    }

    /** Writes all bytes to another stream. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
