package io.github.camelpushgateway.conversion;

import io.github.camelpushgateway.metrics.MetricValue;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * Conversion of exchange values to the forms that metrics accept. A text in bytes, characters, a stream or a file
 * becomes a String. A value of another type becomes a Double if a type converter for it is declared.
 *
 * <p>At most 32 KiB of a stream or file are read, and it can be read again afterwards.
 */
public final class ValueConversion {

    private static final int MAX_CHARS = 8_192;

    /** A character has at most four bytes in UTF-8 and UTF-16. */
    private static final int MAX_BYTES = 4 * MAX_CHARS;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ValueConversion() {}

    /**
     * Returns a value in a form from which {@link MetricValue} can read a number, if it is one.
     *
     * @param subject describes the value in an error message, such as {@code the value of the metric 'rows'}
     * @param message the message that contains the value
     * @throws IllegalArgumentException if the value is a stream or a file that is too long or is not text
     */
    public static Object number(String subject, Object value, Message message) throws IOException {
        Object text = text(subject, value, message);
        // Camel converts a number beyond the range of a double to infinity
        if (text instanceof CharSequence
                || text instanceof Number
                || MetricValue.of(text).isPresent()) {
            return text;
        }
        try {
            Double converted = DeclaredConverters.convert(Double.class, message.getExchange(), text);
            return converted == null ? text : converted;
        } catch (RuntimeException e) {
            throw Conversions.failed(Double.class, subject, value, e);
        }
    }

    /** Returns the text of a value without a byte order mark, or the value itself if it is not text. */
    public static Object text(String subject, Object value, Message message) throws IOException {
        if (value instanceof CharSequence text) {
            return withoutMark(text);
        }
        return TextSource.isText(value) ? withoutMark(read(subject, repeatable(value, message), message)) : value;
    }

    private static CharSequence withoutMark(CharSequence text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.subSequence(1, text.length()) : text;
    }

    /**
     * Returns a map with its values, and those of inner maps, converted. Null stays null. The result is a copy, unless
     * nothing must be converted.
     */
    static Map<?, ?> map(Map<?, ?> map, Message message) throws IOException {
        if (hasOnlyNumbers(map)) {
            return map;
        }
        Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            converted.put(entry.getKey(), entryValue(entry.getKey(), entry.getValue(), message));
        }
        return converted;
    }

    /**
     * Returns whether the map is of a standard type and all its values are numbers. In maps of other types, a read may
     * add an entry or fail.
     */
    private static boolean hasOnlyNumbers(Map<?, ?> map) {
        if (map.getClass() != LinkedHashMap.class && map.getClass() != HashMap.class) {
            return false;
        }
        for (Object value : map.values()) {
            if (!(value instanceof Number)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object entryValue(@Nullable Object key, @Nullable Object value, Message message)
            throws IOException {
        if (value == null || value instanceof Number) {
            return value;
        }
        return value instanceof Map<?, ?> inner
                ? texts(inner, message)
                : number("the entry '" + key + "'", value, message);
    }

    /** Returns a copy of labels, or of any other map, in which each value that holds text is a String. */
    public static Map<?, ?> texts(Map<?, ?> map, Message message) throws IOException {
        Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = entry.getValue();
            converted.put(
                    entry.getKey(), value == null ? null : text("the label '" + entry.getKey() + "'", value, message));
        }
        return converted;
    }

    /**
     * Returns the value in a form that can be read again. A stream without mark support is replaced by a buffered one
     * wherever the message holds it.
     */
    private static Object repeatable(Object value, Message message) {
        Object repeatable;
        if (value instanceof InputStream stream && !stream.markSupported() && !(value instanceof StreamCache)) {
            repeatable = new BufferedInputStream(stream);
        } else if (value instanceof Reader reader && !reader.markSupported() && !(value instanceof StreamCache)) {
            repeatable = new BufferedReader(reader);
        } else {
            return value;
        }
        if (message.getBody() == value) {
            message.setBody(repeatable);
        }
        List.copyOf(message.getHeaders().entrySet()).stream()
                .filter(header -> header.getValue() == value)
                .forEach(header -> message.setHeader(header.getKey(), repeatable));
        return repeatable;
    }

    private static String read(String subject, Object source, Message message) throws IOException {
        if (source instanceof StreamCache cache) {
            cache.reset();
            try {
                return readOnce(subject, source, message);
            } finally {
                cache.reset();
            }
        }
        return readOnce(subject, source, message);
    }

    private static String readOnce(String subject, Object source, Message message) throws IOException {
        if (source instanceof char[] text) {
            return readChars(subject, new CharArrayReader(text));
        }
        if (source instanceof Reader text) {
            return readChars(subject, text);
        }
        Charset charset = TextSource.charset(subject, message.getExchange());
        if (source instanceof byte[] bytes) {
            return decode(subject, bytes, charset);
        }
        if (source instanceof InputStream bytes) {
            return readBytes(subject, bytes, charset);
        }
        return TextSource.openAndRead(
                subject,
                source,
                message.getExchange(),
                bytes -> decode(subject, bytes.readNBytes(MAX_BYTES + 1), charset));
    }

    private static String readBytes(String subject, InputStream bytes, Charset charset) throws IOException {
        boolean marked = bytes.markSupported() && !(bytes instanceof StreamCache);
        if (marked) {
            bytes.mark(MAX_BYTES + 1);
        }
        byte[] read = bytes.readNBytes(MAX_BYTES + 1);
        if (marked) {
            bytes.reset();
        }
        return decode(subject, read, charset);
    }

    private static String readChars(String subject, Reader text) throws IOException {
        boolean marked = text.markSupported() && !(text instanceof StreamCache);
        if (marked) {
            text.mark(MAX_CHARS + 1);
        }
        CharBuffer read = CharBuffer.allocate(MAX_CHARS + 1);
        while (read.hasRemaining() && text.read(read) >= 0) {
            // read to the end, or until the text is too long
        }
        if (marked) {
            text.reset();
        }
        return validated(subject, read.flip());
    }

    private static String decode(String subject, byte[] bytes, Charset charset) {
        if (bytes.length > MAX_BYTES) {
            throw tooLong(subject);
        }
        try {
            return validated(subject, charset.newDecoder().decode(ByteBuffer.wrap(bytes)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    subject + " is not text in " + charset + "; use a number or a text in this encoding", e);
        }
    }

    private static String validated(String subject, CharBuffer text) {
        if (text.length() > MAX_CHARS) {
            throw tooLong(subject);
        }
        return text.toString();
    }

    private static IllegalArgumentException tooLong(String subject) {
        return new IllegalArgumentException(
                subject + " is a text of more than " + MAX_CHARS + " characters; use a number or a shorter text");
    }
}
