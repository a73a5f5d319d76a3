package io.github.camelpushgateway.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** How the body of a push is compressed. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** By <a href="https://www.rfc-editor.org/rfc/rfc1952">gzip</a>, which every gateway reads. */
    GZIP,
    /**
     * By <a href="https://github.com/google/snappy/blob/main/framing_format.txt">snappy, framed</a>, which gateways read from
     * 1.6.0 on. It needs a library that is not there by itself.
     */
    SNAPPY;

    /** @throws IllegalArgumentException if the library that the compression needs is not there */
    void checkAvailable() {
        try {
            over(OutputStream.nullOutputStream()).close();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "compression is snappy, which needs the library io.airlift:aircompressor; add it, or use compression=gzip",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the payload, compressed. One without bytes stays as it is: a gateway takes it without a Content-Encoding only. */
    Payload compress(Payload plain) {
        if (this == NONE || plain.bytes().length == 0) {
            return plain;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(256);
        try (OutputStream out = over(compressed)) {
            out.write(plain.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(plain.contentType(), name().toLowerCase(Locale.ROOT), compressed.toByteArray());
    }

    private OutputStream over(OutputStream out) throws IOException {
        return switch (this) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case SNAPPY -> SnappyFrames.over(out);
        };
    }
}
