package io.github.camelpushgateway.client.encoding;

import java.util.Arrays;

/**
 * A buffer for a text exposition. A character writer would need buffers of 24 KiB for each push, and most pushes have a
 * few hundred bytes.
 */
final class ExpositionBytes {

    private static final int INITIAL_SIZE = 512;
    private static final int MAX_ASCII = 0x7f;

    /** The lowest number for which {@link Double#toString} writes an exponent. */
    private static final long FIRST_WITH_EXPONENT = 10_000_000;

    private byte[] bytes = new byte[INITIAL_SIZE];
    private int size;

    /** Appends ASCII characters. */
    ExpositionBytes ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
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
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > MAX_ASCII) {
                i += character(text, i) - 1;
            } else if (c == '\n') {
                ascii("\\n");
            } else if (c == '\\' || (c == '"' && quotes)) {
                ascii('\\').ascii(c);
            } else {
                ascii(c);
            }
        }
    }

    /**
     * Appends a character in UTF-8: see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629, 3</a>.
     * Returns its number of chars.
     */
    private int character(String text, int index) {
        int c = text.codePointAt(index);
        ensure(4);
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
        return Character.charCount(c);
    }

    private static byte continuationByte(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Appends an integer. */
    ExpositionBytes number(long number) {
        return ascii(Long.toString(number));
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

    private void ensure(int additional) {
        if (additional > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + additional));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
