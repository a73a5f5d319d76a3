package io.github.camelpushgateway.client.encoding;

import io.airlift.compress.snappy.SnappyFramedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The only class that uses the optional library for snappy. */
final class SnappyFrames {

    private SnappyFrames() {}

    /**
     * Returns a stream that compresses to another stream.
     *
     * @throws NoClassDefFoundError if the library is missing
     */
    static OutputStream compressing(OutputStream out) throws IOException {
        return new SnappyFramedOutputStream(out);
    }
}
