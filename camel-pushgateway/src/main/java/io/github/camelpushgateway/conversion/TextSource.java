package io.github.camelpushgateway.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Access to values that hold text: characters, bytes, streams and files. Bytes are UTF-8 unless the exchange sets
 * another charset ({@link Exchange#CHARSET_NAME}, which {@code file:...?charset=} sets).
 */
final class TextSource {

    private TextSource() {}

    /** Returns whether a value of this type holds text or bytes, whatever its content. */
    static boolean isText(Object value) {
        return isDirectlyReadable(value)
                || value instanceof File
                || value instanceof Path
                || value instanceof WrappedFile
                || value instanceof ByteBuffer
                || value instanceof ByteArrayOutputStream;
    }

    /** Returns whether the value can be read without opening anything: characters, bytes, a reader or a stream. */
    static boolean isDirectlyReadable(Object value) {
        return value instanceof CharSequence
                || value instanceof char[]
                || value instanceof byte[]
                || value instanceof Reader
                || value instanceof InputStream;
    }

    /** Function that reads a value from bytes. */
    interface ByteReader<T> {
        T read(InputStream bytes) throws IOException;
    }

    /** Opens the bytes of a value, reads them, and closes them. */
    static <T> T openAndRead(String subject, Object value, @Nullable Exchange exchange, ByteReader<T> reader)
            throws IOException {
        if (value instanceof WrappedFile<?> file && !(file.getFile() instanceof File)) {
            return readRemote(subject, file, exchange, reader);
        }
        try (InputStream bytes = open(value)) {
            return reader.read(bytes);
        }
    }

    /**
     * Reads a remote file, which Camel opens. Camel returns either a new stream or a stream that the file keeps; only
     * a new stream is closed.
     */
    private static <T> T readRemote(
            String subject, WrappedFile<?> file, @Nullable Exchange exchange, ByteReader<T> reader) throws IOException {
        InputStream bytes = exchange == null ? null : Conversions.convert(InputStream.class, exchange, subject, file);
        if (bytes == null) {
            throw new IllegalArgumentException(subject + " is a file of type "
                    + file.getClass().getName() + ", which cannot be opened; use its content as an InputStream");
        }
        try {
            return reader.read(bytes);
        } finally {
            if (bytes != file.getBody()) {
                bytes.close();
            }
        }
    }

    private static InputStream open(Object value) throws IOException {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new ByteArrayInputStream(bytes);
        }
        if (value instanceof ByteArrayOutputStream bytes) {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
        Object file = value instanceof WrappedFile<?> wrapped ? wrapped.getFile() : value;
        return Files.newInputStream(file instanceof Path path ? path : ((File) file).toPath());
    }

    /** Returns the charset of the bytes in an exchange. */
    static Charset charset(String subject, @Nullable Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        try {
            return name == null ? UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "the charset of " + subject + " is '" + name + "', which is unknown; set " + Exchange.CHARSET_NAME
                            + " to another charset, or remove it",
                    e);
        }
    }
}
