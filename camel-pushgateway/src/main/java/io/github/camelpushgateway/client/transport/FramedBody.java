package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * Factory methods for the body of a response that is not empty, in each of its framings: see <a
 * href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, 6.3</a>. A gateway responds to a push without a
 * body.
 */
final class FramedBody {

    private FramedBody() {}

    /** Returns a body of chunks. */
    static InputStream ofChunks(SessionInputBufferImpl buffer, ConnectionStream in) {
        return new Chunks(buffer, in);
    }

    /** Returns a body with a known length. */
    static InputStream ofLength(SessionInputBufferImpl buffer, ConnectionStream in, long length) {
        return new ContentLengthInputStream(buffer, in, length);
    }

    /** Returns a body that ends with the connection. */
    static InputStream untilEnd(SessionInputBufferImpl buffer, ConnectionStream in) {
        return new IdentityInputStream(buffer, in);
    }

    /** A chunked body that detects the end of the connection, which HttpCore treats as the end of the trailers. */
    private static final class Chunks extends ChunkedInputStream {

        private final ConnectionStream connection;

        Chunks(SessionInputBufferImpl buffer, ConnectionStream connection) {
            super(
                    buffer,
                    connection,
                    Http1Config.custom()
                            .setMaxHeaderCount(ResponseReader.MAX_HEADERS)
                            .setMaxLineLength(ResponseReader.MAX_LINE_CHARS)
                            .build());
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            try {
                return checked(super.read());
            } catch (MalformedChunkCodingException e) {
                throw withoutContent(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            try {
                return checked(super.read(bytes, offset, count));
            } catch (MalformedChunkCodingException e) {
                throw withoutContent(e);
            }
        }

        /** Returns an exception that does not quote the response, which may repeat a secret of the request. */
        private static IOException withoutContent(MalformedChunkCodingException failure) {
            return failure instanceof TruncatedChunkException
                    ? failure
                    : new IOException("the response has an invalid chunk or trailer");
        }

        private int checked(int read) throws IOException {
            if (read < 0 && connection.isEnded()) {
                throw new IOException("the response ended within its trailers");
            }
            return read;
        }
    }
}
