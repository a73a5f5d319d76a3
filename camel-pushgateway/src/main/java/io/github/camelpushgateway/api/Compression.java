package io.github.camelpushgateway.api;

/** The compression of the body of a push. */
public enum Compression {
    /** No compression. */
    NONE,
    /** <a href="https://www.rfc-editor.org/rfc/rfc1952">gzip</a>, which every gateway supports. */
    GZIP,
    /**
     * The <a href="https://github.com/google/snappy/blob/main/framing_format.txt">snappy framing format</a>, which
     * Pushgateway supports since 1.6.0. It requires an optional library.
     */
    SNAPPY
}
