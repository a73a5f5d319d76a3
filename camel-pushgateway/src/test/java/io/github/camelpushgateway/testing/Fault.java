package io.github.camelpushgateway.testing;

/** What a server does wrong in a phase. */
public enum Fault {
    SILENT,
    /** A byte every few milliseconds, for ever. */
    TRICKLING,
    /** As fast as the client reads, for ever. */
    ENDLESS,
    RESET,
    /** The end of the connection, with the end of TLS before it. */
    CLOSED,
    /** The end of the connection without the end of TLS. */
    CUT_OFF,
    GARBAGE
}
