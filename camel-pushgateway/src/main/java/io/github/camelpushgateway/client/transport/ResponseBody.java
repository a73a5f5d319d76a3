package io.github.camelpushgateway.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response, with a maximum size. It records its end. */
final class ResponseBody extends FilterInputStream {

    /** The maximum size of a listing. A gateway with 5,000 groups of a few metrics each returns a few MB. */
    static final long MAX_BYTES = 256L << 20;

    private static final int SKIPPED_BYTES = 8_192;

    private final long max;
    private long length;
    private boolean ended;

    /**
     * Wraps a body.
     *
     * @param body the body
     * @param max the maximum number of bytes to read
     */
    ResponseBody(InputStream body, long max) {
        super(body);
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (ended) {
            return -1;
        }
        int read = super.read(bytes, offset, count);
        if (read < 0) {
            ended = true;
        } else {
            length += read;
            if (length > max) {
                throw new MalformedResponseException(
                        "the response is larger than " + (max >> 20)
                                + " MiB, the maximum size; delete groups that are no longer needed, or"
                                + " distribute the groups over several gateways",
                        null);
            }
        }
        return read;
    }

    /** Returns whether the body was read to its end. */
    boolean isEnded() {
        return ended;
    }

    /** Reads the rest of the body, to detect an incomplete one. */
    void skipAll() throws IOException {
        // most skipped bodies are empty
        if (ended || read() < 0) {
            return;
        }
        byte[] skipped = new byte[SKIPPED_BYTES];
        while (!ended) {
            read(skipped, 0, skipped.length);
        }
    }

    /** Does nothing. The reader of the body closes or keeps the connection. */
    @Override
    public void close() {}
}
