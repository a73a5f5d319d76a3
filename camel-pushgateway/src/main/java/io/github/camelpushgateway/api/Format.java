package io.github.camelpushgateway.api;

/** In which format metrics are sent. */
public enum Format {
    /** The text format 0.0.4, which every gateway reads. */
    TEXT,
    /** Protobuf, which also carries native histograms and exemplars. It needs a library that is not there by itself. */
    PROTOBUF
}
