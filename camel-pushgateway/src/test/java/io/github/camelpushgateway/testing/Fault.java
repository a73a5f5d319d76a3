package io.github.camelpushgateway.testing;

/** A fault of a server in a phase. */
public enum Fault {
    SILENT,
    /** A byte every few milliseconds, forever. */
    TRICKLING,
    /** As fast as the client reads, forever. */
    ENDLESS,
    RESET,
    /** The end of the connection, with the end of TLS before it. */
    CLOSED,
    /** The end of the connection without the end of TLS. */
    CUT_OFF,
    GARBAGE
}
