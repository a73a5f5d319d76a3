package io.github.camelpushgateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.metrics.TextFormat;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text format from what holds characters or bytes, piece by piece. Characters are taken as they are, bytes are UTF-8
 * unless the exchange says otherwise ({@link Exchange#CHARSET_NAME}, which {@code file:...?charset=} sets).
 *
 * <p>What is opened here is closed here; a stream that was given is read to its end and left open. One that Camel has cached is
 * as it was before, any other is used up.
 */
final class TextBody {

    private TextBody() {}

    /** Tells whether that is text or bytes by its type, whatever stands in it. */
    static boolean isText(Object body) {
        return isGiven(body)
                || body instanceof File
                || body instanceof Path
                || body instanceof WrappedFile
                || body instanceof ByteBuffer
                || body instanceof ByteArrayOutputStream;
    }

    private static boolean isGiven(Object body) {
        return body instanceof CharSequence
                || body instanceof char[]
                || body instanceof byte[]
                || body instanceof Reader
                || body instanceof InputStream;
    }

    /**
     * Reads the metrics in a text.
     *
     * @throws IllegalArgumentException if the text is broken; the message names line and column
     */
    static MetricSnapshots read(Object body, @Nullable Exchange exchange) throws IOException {
        if (!(body instanceof StreamCache cache)) {
            return readOnce(body, exchange);
        }
        cache.reset();
        try {
            return readOnce(body, exchange);
        } finally {
            cache.reset();
        }
    }

    private static MetricSnapshots readOnce(Object body, @Nullable Exchange exchange) throws IOException {
        try {
            return isGiven(body) ? readGiven(body, exchange) : readOpened(body, exchange);
        } catch (TextFormatException e) {
            throw new IllegalArgumentException(
                    "the body is broken as metrics in the text format at " + e.getMessage(), e);
        }
    }

    private static MetricSnapshots readGiven(Object body, @Nullable Exchange exchange) throws IOException {
        if (body instanceof CharSequence text) {
            return TextFormat.read(new StringReader(text.toString()));
        }
        if (body instanceof char[] text) {
            return TextFormat.read(new CharArrayReader(text));
        }
        if (body instanceof Reader text) {
            return TextFormat.read(text);
        }
        return readBytes(body instanceof byte[] bytes ? new ByteArrayInputStream(bytes) : (InputStream) body, exchange);
    }

    private static MetricSnapshots readOpened(Object body, @Nullable Exchange exchange) throws IOException {
        if (body instanceof WrappedFile<?> file && !(file.getFile() instanceof File)) {
            return readRemote(file, exchange);
        }
        try (InputStream bytes = open(body)) {
            return readBytes(bytes, exchange);
        }
    }

    /** Only Camel knows how to come by what is not on this machine: at once, or as a stream that is not ours to close. */
    private static MetricSnapshots readRemote(WrappedFile<?> file, @Nullable Exchange exchange) throws IOException {
        InputStream bytes =
                exchange == null ? null : Conversions.convert(InputStream.class, exchange, "the body", file);
        if (bytes == null) {
            throw new IllegalArgumentException("the body is a file of type "
                    + file.getClass().getName() + ", which cannot be opened; give its content, as an InputStream");
        }
        try {
            return readBytes(bytes, exchange);
        } finally {
            if (bytes != file.getBody()) {
                bytes.close();
            }
        }
    }

    private static InputStream open(Object body) throws IOException {
        if (body instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new ByteArrayInputStream(bytes);
        }
        if (body instanceof ByteArrayOutputStream bytes) {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        return Files.newInputStream(file instanceof Path path ? path : ((File) file).toPath());
    }

    private static MetricSnapshots readBytes(InputStream bytes, @Nullable Exchange exchange) throws IOException {
        Charset charset = charset(exchange);
        return charset.equals(UTF_8)
                ? TextFormat.read(bytes)
                // a decoder that reports what it cannot read, instead of replacing it
                : TextFormat.read(new InputStreamReader(bytes, charset.newDecoder()));
    }

    private static Charset charset(@Nullable Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        try {
            return name == null ? UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "the charset of the body is '" + name + "', which is not known; set " + Exchange.CHARSET_NAME
                            + " to another, or remove it",
                    e);
        }
    }
}
