package io.github.camelpushgateway.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes in on a connection. HttpCore takes the end of a connection for the end of a head or of trailers, so it is noted here. */
final class ConnectionStream extends FilterInputStream {

    private long received;
    private boolean ended;

    ConnectionStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        note(read < 0 ? read : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = in.read(bytes, offset, count);
        note(read);
        return read;
    }

    private void note(int read) {
        if (read < 0) {
            ended = true;
        } else {
            received += read;
        }
    }

    /** Returns how many bytes have come. */
    long received() {
        return received;
    }

    /** Returns whether the other side has closed the connection. */
    boolean isEnded() {
        return ended;
    }
}
