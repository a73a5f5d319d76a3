package io.github.camelpushgateway.client.query;

import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a response that is read in parts, each with a maximum size. The objects read from a part take several
 * times as much memory.
 */
final class BoundedParts extends FilterInputStream {

    private final long max;
    private final String tooLarge;
    private long length;

    /**
     * Wraps a body.
     *
     * @param body the body
     * @param max the approximate maximum number of bytes of a part; the buffer of the reader makes it inexact
     * @param tooLarge the message for a larger part
     */
    BoundedParts(InputStream body, long max, String tooLarge) {
        super(body);
        this.max = max;
        this.tooLarge = tooLarge;
    }

    /** Starts the next part. */
    void next() {
        length = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        length += Math.max(0, read);
        if (length > max) {
            throw new MalformedResponseException(tooLarge, null);
        }
        return read;
    }
}
