package io.github.camelpushgateway.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.GatewayRequest;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.api.PushResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP transport. It sends one request and reads its response on the calling thread, and uses HttpCore to parse it.
 * Cancelling the attempt ends each wait immediately.
 */
public final class HttpTransport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    /** The maximum size of the text of a response. The rest is not kept. */
    private static final int MAX_TEXT_BYTES = 16_384;

    private static final int PART_BYTES = 1_024;

    private final Connector connector;
    private final boolean keepsSuccesses;

    @Nullable
    private volatile KnownOrigin lastOrigin;

    /**
     * Creates a transport.
     *
     * @param connector opens connections
     * @param keepsSuccesses whether the headers and the text of a success are kept, and not only its status
     */
    public HttpTransport(Connector connector, boolean keepsSuccesses) {
        this.connector = connector;
        this.keepsSuccesses = keepsSuccesses;
    }

    /**
     * Sends the request, and waits for the whole response, whatever its status.
     *
     * @param request the request
     * @param parsed parses the body of a success, or null to read its beginning like that of any other response
     * @param slot keeps the connection for the next request; only one request may use it at a time
     * @param connectingThreads open a connection if there is none, or null if the calling thread opens it
     * @param cancellation ends each wait
     * @param progress notified of the progress
     */
    public GatewayResponse send(
            GatewayRequest request,
            @Nullable ParsedResponse<?> parsed,
            SenderSlot slot,
            @Nullable Executor connectingThreads,
            Cancellation cancellation,
            RequestProgress progress)
            throws IOException {
        Origin origin = origin(request.url());
        progress.beforeSend();
        GatewayConnection kept = slot.take(origin);
        if (kept != null && checkBeforeReuse(kept, cancellation)) {
            try {
                return roundTrip(request, origin, parsed, kept, slot, cancellation, progress);
            } catch (IOException e) {
                // the connection may have been closed while idle (RFC 9112, 9.3.1); all requests are idempotent
                if (kept.hasReceived() || cancellation.isCancelled()) {
                    throw e;
                }
                LOG.debug("{} is sent again: the reused connection broke before a response", request, e);
            }
            progress.beforeSend();
        }
        GatewayConnection opened = connectingThreads == null
                ? connector.connect(origin, proxyAuthorization(request), cancellation, progress)
                : connect(request, origin, cancellation, progress, connectingThreads);
        return roundTrip(request, origin, parsed, opened, slot, cancellation, progress);
    }

    /** Returns the origin of a URL, which is nearly always that of the previous request. */
    private Origin origin(URI url) throws IOException {
        KnownOrigin last = lastOrigin;
        if (last != null && last.isOf(url)) {
            return last.origin();
        }
        Origin origin = Origin.of(url);
        lastOrigin = new KnownOrigin(url.getScheme(), url.getRawAuthority(), origin);
        return origin;
    }

    private record KnownOrigin(String scheme, String authority, Origin origin) {

        boolean isOf(URI url) {
            return scheme.equals(url.getScheme()) && authority.equals(url.getRawAuthority());
        }
    }

    /**
     * Opens a connection on another thread. The calling thread waits until there is one, or until the attempt is
     * cancelled.
     */
    private GatewayConnection connect(
            GatewayRequest request,
            Origin origin,
            Cancellation cancellation,
            RequestProgress progress,
            Executor threads)
            throws IOException {
        CompletableFuture<GatewayConnection> connection = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    GatewayConnection opened =
                            connector.connect(origin, proxyAuthorization(request), cancellation, progress);
                    if (!connection.complete(opened)) {
                        opened.abort();
                    }
                } catch (Throwable e) { // the calling thread waits for it
                    connection.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new IOException("no thread could be started to connect", e);
        }
        return await(connection, cancellation);
    }

    private static @Nullable String proxyAuthorization(GatewayRequest request) {
        return request.headers().get(RequestHead.PROXY_AUTHORIZATION);
    }

    /** Waits for the connection or the cancellation. An interrupt ends neither, and is kept. */
    private static GatewayConnection await(CompletableFuture<GatewayConnection> connection, Cancellation cancellation)
            throws IOException {
        waitUninterrupted(CompletableFuture.anyOf(connection, cancellation.whenEnded()));
        // a connection that is opened later is closed by the thread that opens it
        if (connection.cancel(false)) {
            cancellation.check();
        }
        try {
            return connection.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("connecting failed: " + e.getCause(), e.getCause());
        }
    }

    private static void waitUninterrupted(CompletableFuture<?> end) {
        boolean interrupted = false;
        while (!end.isDone()) {
            try {
                end.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // the caller reads it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean checkBeforeReuse(GatewayConnection kept, Cancellation cancellation) throws IOException {
        abortOnCancel(kept, cancellation);
        boolean usable = kept.isUsable();
        if (!usable) {
            kept.abort();
        }
        return usable;
    }

    private static void abortOnCancel(GatewayConnection connection, Cancellation cancellation) throws IOException {
        cancellation.closeOnCancel(connection::abort);
    }

    private GatewayResponse roundTrip(
            GatewayRequest request,
            Origin origin,
            @Nullable ParsedResponse<?> parsed,
            GatewayConnection connection,
            SenderSlot slot,
            Cancellation cancellation,
            RequestProgress progress)
            throws IOException {
        boolean isComplete = false;
        abortOnCancel(connection, cancellation);
        try {
            CharSequence requestHead = RequestHead.of(request, origin, connection.isThroughProxy());
            progress.onProxy(connection.proxy());
            progress.onSent();
            ResponseHead head = connection.roundTrip(requestHead, request.body());
            progress.onResponse();
            if (connection.isThroughProxy() && ProxyException.isAboutCredentials(head.status())) {
                throw ProxyException.credentials(head, proxyAuthorization(request) != null);
            }
            Reply reply = PushResponse.isSuccess(head.status())
                    ? success(request, head, connection, parsed)
                    : refusal(request, head, connection, progress);
            // from here on, the connection may be kept for another request and must not be aborted
            cancellation.clear();
            cancellation.check();
            if (reply.isComplete()) {
                isComplete = true;
                if (connection.isReusable(head)) {
                    slot.keep(connection);
                } else {
                    // no abort: the other side may still be reading the request
                    connection.close();
                }
            }
            return reply.response();
        } finally {
            cancellation.clear();
            if (!isComplete) {
                connection.abort();
            }
        }
    }

    /** A response, and whether it was read to its end. */
    private record Reply(GatewayResponse response, boolean isComplete) {}

    private Reply success(
            GatewayRequest request, ResponseHead head, GatewayConnection connection, @Nullable ParsedResponse<?> parsed)
            throws IOException {
        ResponseBody body = new ResponseBody(
                body(request, head, connection), parsed == null ? Long.MAX_VALUE : ResponseBody.MAX_BYTES);
        GatewayResponse response;
        try {
            if (parsed != null) {
                response = new GatewayResponse(head.status(), head.headers(), "");
                parsed.receive(response, body);
            } else if (keepsSuccesses) {
                response = new GatewayResponse(head.status(), head.headers(), text(body));
            } else {
                response = GatewayResponse.of(head.status());
            }
            // to detect an incomplete body
            body.skipAll();
        } catch (MalformedResponseException e) {
            throw new Redaction(request.headers()).apply(e);
        }
        return new Reply(response, true);
    }

    /**
     * Returns the body of a response. A handler may send a HEAD request, whose response has no body: see RFC 9112, 6.3.
     */
    private static InputStream body(GatewayRequest request, ResponseHead head, GatewayConnection connection)
            throws IOException {
        return request.method().equals("HEAD") ? InputStream.nullInputStream() : connection.body(head);
    }

    /** Reads a refusal. An incomplete text does not change its status. */
    private static Reply refusal(
            GatewayRequest request, ResponseHead head, GatewayConnection connection, RequestProgress progress) {
        Redaction redaction = new Redaction(request.headers());
        GatewayResponse withoutText = redaction.apply(new GatewayResponse(head.status(), head.headers(), ""));
        progress.onRefusal(withoutText);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean isComplete = false;
        try {
            ResponseBody body = new ResponseBody(body(request, head, connection), Long.MAX_VALUE);
            read(body, text);
            isComplete = body.isEnded();
        } catch (IOException e) {
            LOG.debug("The text of a response with the status {} is incomplete", head.status(), e);
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
        for (int remaining = MAX_TEXT_BYTES; remaining > 0; ) {
            int read = body.read(part, 0, Math.min(part.length, remaining));
            if (read < 0) {
                return;
            }
            text.write(part, 0, read);
            remaining -= read;
        }
    }
}
