package io.github.camelpushgateway.api;

/** The format of the metrics in a push. */
public enum Format {
    /** The text format 0.0.4, which every gateway supports. */
    TEXT,
    /** Protobuf, which also supports native histograms and exemplars. It requires an optional library. */
    PROTOBUF
}
