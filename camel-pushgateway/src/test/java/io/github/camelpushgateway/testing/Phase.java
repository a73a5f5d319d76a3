package io.github.camelpushgateway.testing;

/**
 * A phase of the exchange with a gateway: the bytes that the server sends before it, and those that keep the exchange
 * in it.
 */
public enum Phase {
    /** The server does not read. */
    ACCEPTED(Kind.WAITING, "", ""),
    TLS_HANDSHAKE(Kind.HANDSHAKE, Phase.SERVER_HELLO, "\0"),
    PROXY_CONNECT(Kind.PROXY, "HTTP/1.1 200 Connection established\r\n", "X-Many: a\r\n"),
    TUNNELLED_TLS_HANDSHAKE(Kind.PROXY, Phase.SERVER_HELLO, "\0"),
    /** The server does not read the body, which is larger than all buffers. */
    REQUEST_BODY(Kind.WAITING, "", ""),
    BEFORE_HEAD(Kind.HEAD, "", "\r\n"),
    STATUS_LINE(Kind.HEAD, "HTTP/1.1 200 O", "K"),
    HEADER_LINE(Kind.HEAD, "HTTP/1.1 200 OK\r\nX-Long: ", "a"),
    HEADERS(Kind.HEAD, "HTTP/1.1 200 OK\r\n", "X-Many: a\r\n"),
    INFORMATIONAL(Kind.HEAD, "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"),
    SIZED_BODY(Kind.BODY, "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n", "stored "),
    CHUNK_SIZE(Kind.FRAME, Phase.CHUNKED, "0"),
    CHUNK_EXTENSION(Kind.FRAME, Phase.CHUNKED + "1;", "a"),
    CHUNK_DATA(Kind.BODY, Phase.CHUNKED + "7fffffff\r\n", "stored "),
    CHUNKS(Kind.FRAME, Phase.CHUNKED, "1\r\na\r\n"),
    TRAILER_LINE(Kind.FRAME, Phase.CHUNKED + "0\r\nX-Long: ", "a"),
    TRAILERS(Kind.FRAME, Phase.CHUNKED + "0\r\n", "X-Many: a\r\n"),
    BODY_TO_END(Kind.BODY, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "stored ");

    /** The kind of a phase, which decides its possible faults. */
    public enum Kind {
        /** The server sends nothing. */
        WAITING,
        HANDSHAKE,
        PROXY,
        HEAD,
        /** Any byte is content. */
        BODY,
        /** The framing of a body. */
        FRAME
    }

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** The head of a record of 16 KiB, and that of a ServerHello which fills it (RFC 8446, 5.1 and 4). */
    private static final String SERVER_HELLO = "\u0016\u0003\u0003?\u00f0\u0002\0?\u00ec";

    public final Kind kind;
    final String before;
    final String filler;

    Phase(Kind kind, String before, String filler) {
        this.kind = kind;
        this.before = before;
        this.filler = filler;
    }

    /** Returns whether the exchange begins with a request for a tunnel to a proxy. */
    public boolean isProxied() {
        return kind == Kind.PROXY;
    }

    /** Returns whether the request has begun, so that the connection may use TLS. */
    boolean hasRequest() {
        return compareTo(REQUEST_BODY) >= 0;
    }
}
