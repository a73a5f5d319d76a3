package io.github.camelpushgateway.client.encoding;

import io.airlift.compress.snappy.SnappyFramedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The one class that touches the library for snappy, which may not be there. */
final class SnappyFrames {

    private SnappyFrames() {}

    /** @throws NoClassDefFoundError if the library is not there */
    static OutputStream over(OutputStream out) throws IOException {
        return new SnappyFramedOutputStream(out);
    }
}
