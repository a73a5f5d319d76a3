package io.github.camelpushgateway.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The input of a connection. It records the end of the connection, because HttpCore treats it as the end of a head or
 * of trailers.
 */
final class ConnectionStream extends FilterInputStream {

    private long received;
    private boolean ended;

    ConnectionStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        update(read < 0 ? read : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = in.read(bytes, offset, count);
        update(read);
        return read;
    }

    private void update(int read) {
        if (read < 0) {
            ended = true;
        } else {
            received += read;
        }
    }

    /** Returns the number of bytes received. */
    long received() {
        return received;
    }

    /** Returns whether the other side has closed the connection. */
    boolean isEnded() {
        return ended;
    }
}
