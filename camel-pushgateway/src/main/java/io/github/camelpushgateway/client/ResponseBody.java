package io.github.camelpushgateway.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a response, which can be read only as long as its attempt goes on, and which has a largest size. */
final class ResponseBody extends FilterInputStream {

    /** Bounds a listing. A gateway with 5,000 groups of a few metrics each returns some MB. */
    static final long MAX_BYTES = 256L << 20;

    private final Check check;
    private final long announced;
    private final long max;
    private long length;
    private boolean ended;

    /**
     * Wraps a body.
     *
     * @param announced how many bytes the response announced, or a negative number if it did not
     * @param max how many bytes are read at most
     * @param check called before each read
     */
    ResponseBody(InputStream body, long announced, long max, Check check) {
        super(body);
        this.announced = announced;
        this.max = max;
        this.check = check;
    }

    /** Throws if the attempt has been given up. */
    interface Check {
        void check() throws IOException;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        check.check();
        int read = super.read(bytes, offset, count);
        if (read < 0) {
            ended = true;
            checkComplete();
        } else {
            length += read;
            if (length > max) {
                throw new UnreadableAnswerException(
                        "the response is larger than " + (max >> 20)
                                + " MiB, which is the most that is read; delete groups that are no longer needed, or"
                                + " distribute the groups over several gateways",
                        null);
            }
        }
        return read;
    }

    /** The JDK takes the end of a connection for the end of a body. */
    private void checkComplete() throws IOException {
        if (length < announced) {
            throw new IOException("the response broke off after " + length + " of " + announced + " bytes");
        }
    }

    /** Reads to the end, so that a body that breaks off is noticed. */
    void skipAll() throws IOException {
        byte[] skipped = new byte[8_192];
        while (!ended) {
            read(skipped, 0, skipped.length);
        }
    }
}
