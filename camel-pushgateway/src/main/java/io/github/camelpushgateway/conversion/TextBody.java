package io.github.camelpushgateway.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.metrics.JsonText;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.github.camelpushgateway.metrics.text.TextFormat;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the metrics in a body of text. The first character determines whether the text is in the text format or
 * JSON. The text format is read incrementally.
 *
 * <p>Streams that are opened here are closed here. A stream that the body provides is read to its end and left open.
 * A stream that Camel has cached is reset to its start; any other stream is consumed.
 */
final class TextBody {

    private static final String SUBJECT = "the body";

    private TextBody() {}

    /**
     * Returns the metrics of a text.
     *
     * @return {@link io.prometheus.metrics.model.snapshots.MetricSnapshots} for the text format; a {@link
     *     java.util.Map} or a {@link java.util.List} for JSON
     * @throws IllegalArgumentException if the text is invalid; the message names line and column
     */
    static Object read(Object body, @Nullable Exchange exchange) throws IOException {
        return read(body, exchange, null);
    }

    /**
     * Returns the metrics of a text.
     *
     * @param names escapes the names in the text format, or null to reject those that are not classic
     */
    static Object read(Object body, @Nullable Exchange exchange, @Nullable PushNames names) throws IOException {
        if (!(body instanceof StreamCache cache)) {
            return readOnce(body, exchange, names);
        }
        cache.reset();
        try {
            return readOnce(body, exchange, names);
        } finally {
            cache.reset();
        }
    }

    private static Object readOnce(Object body, @Nullable Exchange exchange, @Nullable PushNames names)
            throws IOException {
        return TextSource.isDirectlyReadable(body)
                ? readDirectly(body, exchange, names)
                : TextSource.openAndRead(SUBJECT, body, exchange, bytes -> readBytes(bytes, exchange, names));
    }

    private static Object readDirectly(Object body, @Nullable Exchange exchange, @Nullable PushNames names)
            throws IOException {
        if (body instanceof CharSequence text) {
            return readChars(new StringReader(text.toString()), names);
        }
        if (body instanceof char[] text) {
            return readChars(new CharArrayReader(text), names);
        }
        if (body instanceof Reader text) {
            return readChars(text, names);
        }
        return readBytes(
                body instanceof byte[] bytes ? new ByteArrayInputStream(bytes) : (InputStream) body, exchange, names);
    }

    private static Object readBytes(InputStream bytes, @Nullable Exchange exchange, @Nullable PushNames names)
            throws IOException {
        Charset charset = TextSource.charset(SUBJECT, exchange);
        if (!charset.equals(UTF_8)) {
            // this decoder reports malformed input instead of replacing it
            return readChars(new InputStreamReader(bytes, charset.newDecoder()), names);
        }
        InputStream marked = bytes.markSupported() ? bytes : new BufferedInputStream(bytes);
        return JsonText.begins(marked)
                ? json(() -> JsonText.read(marked))
                : textFormat(() -> TextFormat.read(marked, names));
    }

    private static Object readChars(Reader text, @Nullable PushNames names) throws IOException {
        Reader marked = text.markSupported() ? text : new BufferedReader(text);
        return JsonText.begins(marked)
                ? json(() -> JsonText.read(marked))
                : textFormat(() -> TextFormat.read(marked, names));
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static Object json(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (TextFormatException e) {
            throw new IllegalArgumentException(
                    "the body starts like JSON, but is invalid JSON at " + e.getMessage(), e);
        }
    }

    private static Object textFormat(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (TextFormatException e) {
            throw new IllegalArgumentException("the body is invalid in the text format at " + e.getMessage(), e);
        }
    }
}
