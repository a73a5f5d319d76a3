package io.github.camelpushgateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one request to a gateway and its response back, on the thread that calls, by HttpCore. Each wait ends at once when the attempt is
 * cancelled.
 */
final class HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    /** Enough to read the gateway's words; what comes after is not kept. */
    private static final int MAX_TEXT_BYTES = 16_384;

    private static final int PART_BYTES = 1_024;

    private final Connector connector;

    HttpTransport(Connector connector) {
        this.connector = connector;
    }

    /** Is told how far a request has come. */
    interface Progress {

        /** A request is about to be sent: the first one, or once more since its connection broke before a response. */
        void begins();

        /** From now on the request may have reached the gateway. */
        void isSent();

        /** A response has begun. */
        void isAnswered();
    }

    /**
     * Sends the request, and waits for the whole response, whatever its status.
     *
     * @param received what reads the body of a success, or null to read its first words as of any other response
     * @param slot keeps the connection for the next request; only one request uses it at a time
     */
    GatewayResponse send(
            GatewayRequest request,
            @Nullable Received<?> received,
            ConnectionSlot slot,
            Cancellation cancellation,
            Progress progress)
            throws IOException {
        Origin origin = Origin.of(request.url());
        progress.begins();
        GatewayConnection kept = slot.take(origin);
        if (kept != null && isUsable(kept, cancellation)) {
            try {
                return exchange(request, received, kept, slot, cancellation, progress);
            } catch (IOException e) {
                // it may have been closed while it was idle (RFC 9112, 9.3.1); all requests are idempotent
                if (kept.hasReceived() || cancellation.isCancelled()) {
                    throw e;
                }
                LOG.debug("{} is sent again: the kept connection broke before a response", request, e);
            }
            progress.begins();
        }
        return exchange(request, received, connector.connect(origin, cancellation), slot, cancellation, progress);
    }

    private static boolean isUsable(GatewayConnection kept, Cancellation cancellation) throws IOException {
        cancellation.waitFor(kept::abort);
        boolean usable = kept.isUsable();
        if (!usable) {
            kept.abort();
        }
        return usable;
    }

    private static GatewayResponse exchange(
            GatewayRequest request,
            @Nullable Received<?> received,
            GatewayConnection connection,
            ConnectionSlot slot,
            Cancellation cancellation,
            Progress progress)
            throws IOException {
        boolean isKept = false;
        cancellation.waitFor(connection::abort);
        try {
            ClassicHttpRequest http = RequestHead.of(request, connection.isByProxy());
            progress.isSent();
            ClassicHttpResponse head = connection.exchange(http);
            progress.isAnswered();
            Redaction redaction = new Redaction(request.headers());
            ResponseBody body = new ResponseBody(
                    connection.body(head),
                    received == null ? Long.MAX_VALUE : ResponseBody.MAX_BYTES,
                    () -> connection.checkEnd(head));
            GatewayResponse response = PushResponse.isSuccess(head.getCode())
                    ? success(head, body, received, redaction)
                    : refusal(head, body, redaction);
            // not after this: the connection may be kept for another
            cancellation.end();
            cancellation.check();
            if (body.isEnded() && connection.isReusable(http, head)) {
                isKept = true;
                slot.keep(connection);
            }
            return response;
        } finally {
            cancellation.end();
            if (!isKept) {
                connection.abort();
            }
        }
    }

    private static GatewayResponse success(
            ClassicHttpResponse head, ResponseBody body, @Nullable Received<?> received, Redaction redaction)
            throws IOException {
        Map<String, String> headers = headers(head);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            if (received == null) {
                read(body, text);
            } else {
                received.receive(GatewayResponse.of(head.getCode(), headers, ""), body);
            }
            // so that a body that breaks off is noticed
            body.skipAll();
        } catch (UnreadableAnswerException e) {
            throw redaction.apply(e);
        }
        return GatewayResponse.of(head.getCode(), headers, text.toString(UTF_8));
    }

    /** A refusal is one even if some of its words are lost. */
    private static GatewayResponse refusal(ClassicHttpResponse head, ResponseBody body, Redaction redaction) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            read(body, text);
        } catch (IOException e) {
            LOG.debug("The text of a response with the status {} broke off", head.getCode(), e);
        }
        return redaction.apply(
                GatewayResponse.of(head.getCode(), headers(head), redaction.apply(text.toString(UTF_8))));
    }

    /** Reads the first part of a body. */
    private static void read(InputStream body, ByteArrayOutputStream text) throws IOException {
        byte[] part = new byte[PART_BYTES];
        for (int left = MAX_TEXT_BYTES; left > 0; ) {
            int read = body.read(part, 0, Math.min(part.length, left));
            if (read < 0) {
                return;
            }
            text.write(part, 0, read);
            left -= read;
        }
    }

    private static Map<String, String> headers(ClassicHttpResponse head) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Iterator<Header> each = head.headerIterator(); each.hasNext(); ) {
            Header header = each.next();
            headers.merge(header.getName(), String.valueOf(header.getValue()), (one, other) -> one + ", " + other);
        }
        return headers;
    }
}
