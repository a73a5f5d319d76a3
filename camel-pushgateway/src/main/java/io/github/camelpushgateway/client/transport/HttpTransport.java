package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one request to a gateway and its response back, on the thread that calls, by HttpCore. Each wait ends at once when the attempt is
 * cancelled.
 */
public final class HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    /** Enough to read the gateway's words; what comes after is not kept. */
    private static final int MAX_TEXT_BYTES = 16_384;

    private static final int PART_BYTES = 1_024;

    private final Connector connector;
    private final boolean keepsSuccesses;

    /**
     * Creates a transport.
     *
     * @param keepsSuccesses whether the headers and the text of a success are of interest, and not its status alone
     */
    public HttpTransport(Connector connector, boolean keepsSuccesses) {
        this.connector = connector;
        this.keepsSuccesses = keepsSuccesses;
    }

    /** Is told how far a request has come. */
    public interface Progress {

        /** A request is about to be sent: the first one, or once more since its connection broke before a response. */
        void begins();

        /** From now on the request may have reached the gateway. */
        void isSent();

        /** A response has begun. */
        void isAnswered();

        /** It is a refusal, whose text may still come. */
        void isRefused(GatewayResponse withoutText);
    }

    /**
     * Sends the request, and waits for the whole response, whatever its status.
     *
     * @param received what reads the body of a success, or null to read its first words as of any other response
     * @param slot keeps the connection for the next request; only one request uses it at a time
     */
    public GatewayResponse send(
            GatewayRequest request,
            @Nullable ParsedResponse<?> received,
            SenderSlot slot,
            Cancellation cancellation,
            Progress progress)
            throws IOException {
        Origin origin = Origin.of(request.url());
        progress.begins();
        GatewayConnection kept = slot.take(origin);
        if (kept != null && isUsable(kept, cancellation)) {
            try {
                return exchange(request, origin, received, kept, slot, cancellation, progress);
            } catch (IOException e) {
                // it may have been closed while it was idle (RFC 9112, 9.3.1); all requests are idempotent
                if (kept.hasReceived() || cancellation.isCancelled()) {
                    throw e;
                }
                LOG.debug("{} is sent again: the kept connection broke before a response", request, e);
            }
            progress.begins();
        }
        return exchange(
                request, origin, received, connector.connect(origin, cancellation), slot, cancellation, progress);
    }

    private static boolean isUsable(GatewayConnection kept, Cancellation cancellation) throws IOException {
        waitFor(kept, cancellation);
        boolean usable = kept.isUsable();
        if (!usable) {
            kept.abort();
        }
        return usable;
    }

    private static void waitFor(GatewayConnection connection, Cancellation cancellation) throws IOException {
        cancellation.waitFor(connection::abort);
    }

    private GatewayResponse exchange(
            GatewayRequest request,
            Origin origin,
            @Nullable ParsedResponse<?> received,
            GatewayConnection connection,
            SenderSlot slot,
            Cancellation cancellation,
            Progress progress)
            throws IOException {
        boolean isEnded = false;
        waitFor(connection, cancellation);
        try {
            byte[] requestHead = RequestHead.of(request, origin, connection.isByProxy());
            progress.isSent();
            ResponseHead head = connection.exchange(requestHead, request.body());
            progress.isAnswered();
            Reply reply = PushResponse.isSuccess(head.status())
                    ? success(request, head, connection, received)
                    : refusal(request, head, connection, progress);
            // not after this: the connection may be kept for another
            cancellation.end();
            cancellation.check();
            if (reply.isComplete()) {
                isEnded = true;
                if (connection.isReusable(head)) {
                    slot.keep(connection);
                } else {
                    // not at once: the other side may still read the request
                    connection.close();
                }
            }
            return reply.response();
        } finally {
            cancellation.end();
            if (!isEnded) {
                connection.abort();
            }
        }
    }

    /** A response, and whether it was read to its end. */
    private record Reply(GatewayResponse response, boolean isComplete) {}

    private Reply success(
            GatewayRequest request,
            ResponseHead head,
            GatewayConnection connection,
            @Nullable ParsedResponse<?> received)
            throws IOException {
        ResponseBody body = new ResponseBody(
                body(request, head, connection), received == null ? Long.MAX_VALUE : ResponseBody.MAX_BYTES);
        GatewayResponse response;
        try {
            if (received != null) {
                response = new GatewayResponse(head.status(), head.headers(), "");
                received.receive(response, body);
            } else if (keepsSuccesses) {
                response = new GatewayResponse(head.status(), head.headers(), text(body));
            } else {
                response = GatewayResponse.of(head.status());
            }
            // so that a body that breaks off is noticed
            body.skipAll();
        } catch (MalformedResponseException e) {
            throw new Redaction(request.headers()).apply(e);
        }
        return new Reply(response, true);
    }

    /** A handler may ask by HEAD, whose response has no body: see RFC 9112, 6.3. */
    private static InputStream body(GatewayRequest request, ResponseHead head, GatewayConnection connection)
            throws IOException {
        return request.method().equals("HEAD") ? InputStream.nullInputStream() : connection.body(head);
    }

    /** A refusal is one even if some of its words are lost. */
    private static Reply refusal(
            GatewayRequest request, ResponseHead head, GatewayConnection connection, Progress progress) {
        Redaction redaction = new Redaction(request.headers());
        GatewayResponse withoutText = redaction.apply(new GatewayResponse(head.status(), head.headers(), ""));
        progress.isRefused(withoutText);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean isComplete = false;
        try {
            ResponseBody body = new ResponseBody(body(request, head, connection), Long.MAX_VALUE);
            read(body, text);
            isComplete = body.isEnded();
        } catch (IOException e) {
            LOG.debug("The text of a response with the status {} broke off", head.status(), e);
        }
        return new Reply(
                new GatewayResponse(head.status(), withoutText.headers(), redaction.apply(text.toString(UTF_8))),
                isComplete);
    }

    private static String text(InputStream body) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        read(body, text);
        return text.toString(UTF_8);
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
}
