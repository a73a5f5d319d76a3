package io.github.camelpushgateway.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way, from the queue to its outcome. The outcome comes no later than the request's deadline. */
final class Attempt implements Runnable {

    private final PushRequest request;
    private final ClientSettings settings;
    private final Transport transport;
    private final TextEncoder encoder;
    private final ScheduledExecutorService watchdog;
    private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();

    private volatile Transport.@Nullable Call call;

    Attempt(
            PushRequest request,
            ClientSettings settings,
            Transport transport,
            TextEncoder encoder,
            ScheduledExecutorService watchdog) {
        this.request = request;
        this.settings = settings;
        this.transport = transport;
        this.encoder = encoder;
        this.watchdog = watchdog;
    }

    CompletionStage<PushResponse> outcome() {
        return outcome;
    }

    @Override
    public void run() {
        if (outcome.isDone()) {
            return;
        }
        Future<?> deadline = null;
        try {
            TransportRequest encoded = encode();
            long millis = settings.requestTimeout().toMillis();
            deadline = watchdog.schedule(() -> timeOut(millis), millis, TimeUnit.MILLISECONDS);
            Transport.Call opened = transport.open(encoded);
            call = opened;
            settle(opened.execute());
        } catch (IllegalArgumentException e) {
            outcome.completeExceptionally(PushgatewayException.refused(
                    request.operation().toString(), request.groupingKey().toString(), e));
        } catch (IOException e) {
            fail(e, 1);
        } catch (Throwable e) { // whoever waits for the outcome must get one
            fail(new IOException(e.toString(), e), 1);
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private TransportRequest encode() {
        Payload body = request.operation() == PushOperation.DELETE ? null : encoder.encode(request.snapshots());
        return new TransportRequest(
                request.operation().method(),
                settings.url().resolve(request.groupingKey().path()),
                body);
    }

    private void settle(TransportResponse response) {
        if (PushResponse.isSuccess(response.statusCode())) {
            outcome.complete(new PushResponse(response.statusCode()));
        } else {
            outcome.completeExceptionally(PushgatewayException.answered(request, settings.url(), 1, response));
        }
    }

    private void fail(IOException cause, int attempts) {
        outcome.completeExceptionally(PushgatewayException.notAnswered(request, settings.url(), attempts, cause));
    }

    private void timeOut(long millis) {
        fail(new SocketTimeoutException("no complete answer came within " + millis + " ms"), 1);
        abortCall();
    }

    /** Ends the attempt from outside, whether it waits or is under way. */
    void cancel(IOException reason) {
        fail(reason, call == null ? 0 : 1);
        abortCall();
    }

    private void abortCall() {
        Transport.Call opened = call;
        if (opened != null) {
            opened.abort();
        }
    }
}
