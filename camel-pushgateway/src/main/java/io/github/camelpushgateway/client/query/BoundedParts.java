package io.github.camelpushgateway.client.query;

import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response that is read in parts, each of which has a largest size: what is kept of a part takes several times as much memory. */
final class BoundedParts extends FilterInputStream {

    private final long max;
    private final String tooLarge;
    private long length;

    /**
     * Wraps a body.
     *
     * @param max how many bytes of a part are read at most, give or take what the reader buffers
     * @param tooLarge the message about a part that is larger
     */
    BoundedParts(InputStream body, long max, String tooLarge) {
        super(body);
        this.max = max;
        this.tooLarge = tooLarge;
    }

    /** Begins another part. */
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
