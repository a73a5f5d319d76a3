package io.github.camelpushgateway.api;

/** How the body of a push is compressed. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** By <a href="https://www.rfc-editor.org/rfc/rfc1952">gzip</a>, which every gateway reads. */
    GZIP,
    /**
     * By <a href="https://github.com/google/snappy/blob/main/framing_format.txt">snappy, framed</a>, which gateways read from
     * 1.6.0 on. It needs a library that is not there by itself.
     */
    SNAPPY
}
