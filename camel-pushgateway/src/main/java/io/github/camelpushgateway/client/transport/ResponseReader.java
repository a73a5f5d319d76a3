package io.github.camelpushgateway.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BufferedHeader;
import org.apache.hc.core5.http.message.LineParser;
import org.apache.hc.core5.http.message.RequestLine;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** A reader of the responses on one connection, which uses HttpCore and limits their sizes. */
final class ResponseReader {

    private static final int BUFFER_BYTES = 8_192;
    static final int MAX_HEADERS = 200;
    static final int MAX_LINE_CHARS = 16_384;

    /** The maximum total size of the headers of a response. A gateway sends some hundred bytes. */
    private static final int MAX_HEAD_KIB = 64;

    /** The maximum number of interim responses. A gateway or proxy sends one or two. */
    private static final int MAX_INTERIM_RESPONSES = 100;

    private static final LineParser HEADER_LINES = new HeaderLines();

    private final ConnectionStream in;
    private final CharArrayBuffer statusLine = new CharArrayBuffer(64);
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER_BYTES, MAX_LINE_CHARS);

    ResponseReader(ConnectionStream in) {
        this.in = in;
    }

    /**
     * A parser of header lines only. The parsers of HttpCore also parse status lines, which accounts for a fifth of
     * their classes and lambdas.
     */
    private static final class HeaderLines implements LineParser {

        @Override
        public Header parseHeader(CharArrayBuffer line) throws ParseException {
            return new BufferedHeader(line);
        }

        @Override
        public RequestLine parseRequestLine(CharArrayBuffer line) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StatusLine parseStatusLine(CharArrayBuffer line) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Waits for the head of the final response.
     *
     * @throws IOException if the connection broke, or the received bytes are not HTTP
     */
    ResponseHead head() throws IOException {
        for (int i = 0; i < MAX_INTERIM_RESPONSES; i++) {
            ResponseHead head = next();
            if (head.isFinal()) {
                return head;
            }
        }
        throw new IOException(
                "more than " + MAX_INTERIM_RESPONSES + " interim responses were received, and no final response");
    }

    private ResponseHead next() throws IOException {
        statusLine.clear();
        Head stream = new Head(in, in.received() - buffer.length());
        if (buffer.readLine(statusLine, stream) < 0) {
            throw new IOException("the connection was closed before a response was received");
        }
        checkIsOpen();
        ResponseHead head;
        try {
            head = new ResponseHead(
                    // before reading the headers, which a server that does not speak HTTP may never send
                    ResponseHead.StatusLine.of(statusLine.toString()),
                    AbstractMessageParser.parseHeaders(buffer, stream, MAX_HEADERS, MAX_LINE_CHARS, HEADER_LINES));
        } catch (HttpException e) {
            // its message quotes the header, which may repeat a secret of the request
            throw new IOException("the response has an invalid header");
        }
        checkIsOpen();
        stream.checkLength(buffer.length());
        return head;
    }

    /**
     * The status line and the headers of one response, with a limit of their total size. HttpCore limits each line and
     * the number of lines, whose product is some MB.
     */
    private static final class Head extends FilterInputStream {

        private final ConnectionStream connection;
        private final long start;

        /**
         * Creates the input of a head.
         *
         * @param start the number of bytes received on the connection before the head
         */
        Head(ConnectionStream connection, long start) {
            super(connection);
            this.connection = connection;
            this.start = start;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            // more is only read when the buffer is empty
            checkLength(0);
            return super.read(bytes, offset, count);
        }

        /**
         * Checks the size of the head.
         *
         * @param after the number of received bytes that follow the head
         */
        void checkLength(int after) throws IOException {
            if (connection.received() - after - start > MAX_HEAD_KIB << 10) {
                throw new IOException("the response has more than " + MAX_HEAD_KIB + " KiB of headers");
            }
        }
    }

    /** Checks for the end of the connection, which HttpCore treats as the end of a line and of the headers. */
    private void checkIsOpen() throws IOException {
        if (in.isEnded()) {
            throw new IOException("the response ended within its headers");
        }
    }

    /** Returns the body of a response. Reading it fails if the connection ends before the body does. */
    InputStream body(ResponseHead head) throws IOException {
        if (!head.mayHaveBody()) {
            return InputStream.nullInputStream();
        }
        if (head.isChunked()) {
            return FramedBody.ofChunks(buffer, in);
        }
        long length = head.length();
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        return length < 0 ? FramedBody.untilEnd(buffer, in) : FramedBody.ofLength(buffer, in, length);
    }

    /** Returns whether bytes were received after the last response. */
    boolean hasRemaining() {
        return buffer.length() > 0;
    }
}
