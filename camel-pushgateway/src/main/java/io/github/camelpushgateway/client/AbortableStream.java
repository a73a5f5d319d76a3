package io.github.camelpushgateway.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that can be read only as long as its attempt goes on. */
final class AbortableStream extends FilterInputStream {

    private final Check check;

    /** @param check asked before each read */
    AbortableStream(InputStream body, Check check) {
        super(body);
        this.check = check;
    }

    /** Throws if the attempt has been given up. */
    interface Check {
        void check() throws IOException;
    }

    @Override
    public int read() throws IOException {
        check.check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        check.check();
        return super.read(bytes, offset, length);
    }
}
