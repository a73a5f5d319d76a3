package io.github.camelpushgateway.client;

import io.github.camelpushgateway.api.PushRequest;
import io.github.camelpushgateway.api.PushResponse;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.http.FailureMessages;
import io.github.camelpushgateway.client.http.RequestDescription;
import io.github.camelpushgateway.client.http.RequestExecution;
import io.github.camelpushgateway.client.http.Sending;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The check that a gateway allows UTF-8 names. A gateway that does not allow them refuses them in the text format, but not everywhere:
 * some versions expose invalid names that they received in protobuf, and all of them store a label of the path under its escaped name. So
 * the flags of the gateway are read before such a request.
 */
final class Utf8Check {

    private static final String FLAG = "push.enable-utf8-names";

    /** The time for which the flags are known. A gateway may be replaced by one without the flag. */
    private static final Duration VALIDITY = Duration.ofMinutes(1);

    private final boolean isProtobuf;
    private final Supplier<StatusRead> status;

    /** The result of {@link System#nanoTime} at which the flags were read, or null if the gateway is not known to have the flag. */
    @Nullable
    private volatile Long checkedNanos;

    /**
     * A read of the gateway's status.
     *
     * @param execution the execution of the request
     * @param status completes with the status, or fails as a query does
     */
    record StatusRead(RequestExecution execution, CompletableFuture<Map<String, Object>> status) {}

    /**
     * Creates a check.
     *
     * @param isProtobuf whether metrics are sent in protobuf
     * @param status starts to read the status of the gateway
     */
    Utf8Check(boolean isProtobuf, Supplier<StatusRead> status) {
        this.isProtobuf = isProtobuf;
        this.status = status;
    }

    /** Returns whether a gateway without UTF-8 names may accept this request, and whether its flags are not known. */
    boolean isNeeded(PushRequest request) {
        boolean isInBody = Utf8Names.areInBody(request);
        boolean isRefused = isInBody && !isProtobuf;
        if (isRefused || !(isInBody || Utf8Names.areIn(request.groupingKey()))) {
            return false;
        }
        Long checked = checkedNanos;
        return checked == null || System.nanoTime() - checked > VALIDITY.toNanos();
    }

    /** Starts to read the status. */
    StatusRead read() {
        return status.get();
    }

    /**
     * Returns the reason why the request must not be sent, or null.
     *
     * @param flags the status of the gateway, or null
     * @param failure the failure of the read, or null
     */
    @Nullable
    PushgatewayException reason(
            RequestDescription request, @Nullable Map<String, Object> flags, @Nullable Throwable failure) {
        if (failure instanceof PushgatewayException unreadable) {
            return isProtobuf
                    ? FailureMessages.notSent(
                            request,
                            "was not sent, because the read of the status, which tells whether the gateway allows UTF-8"
                                    + " names, ",
                            unreadable)
                    // a server of another kind; if it refuses the names, it says so
                    : null;
        }
        boolean isOn = flags != null && flags.get("flags") instanceof Map<?, ?> map && "true".equals(map.get(FLAG));
        checkedNanos = isOn ? System.nanoTime() : null;
        return isOn ? null : FailureMessages.withoutUtf8Names(request);
    }

    /** Checks the gateway, and then starts a request. */
    Sending before(RequestDescription description, Supplier<Sending> request) {
        CheckedSending checked = new CheckedSending(read(), description, request);
        checked.start();
        return checked;
    }

    /** A request that starts after the check. */
    private final class CheckedSending implements Sending {

        private final StatusRead read;
        private final RequestDescription description;
        private final Supplier<Sending> request;
        private final CompletableFuture<PushResponse> outcome = new CompletableFuture<>();

        /** The request, once it has started. */
        @Nullable
        private volatile Sending sending;

        CheckedSending(StatusRead read, RequestDescription description, Supplier<Sending> request) {
            this.read = read;
            this.description = description;
            this.request = request;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
        void start() {
            read.status().whenComplete((flags, failure) -> {
                try {
                    PushgatewayException reason = reason(description, flags, failure);
                    if (reason != null) {
                        outcome.completeExceptionally(reason);
                    } else {
                        send();
                    }
                } catch (Throwable e) { // the outcome must always complete
                    outcome.completeExceptionally(PushgatewayException.unreadable(
                            description.operation(), String.valueOf(description.groupingKey()), e));
                }
            });
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the continuation's own result is not used
        private void send() {
            Sending started = request.get();
            sending = started;
            started.outcome().whenComplete((response, failure) -> {
                if (failure == null) {
                    outcome.complete(response);
                } else {
                    outcome.completeExceptionally(failure);
                }
            });
        }

        @Override
        public CompletableFuture<PushResponse> outcome() {
            return outcome;
        }

        @Override
        public boolean lacksResponse() {
            Sending started = sending;
            return started != null && started.lacksResponse();
        }

        @Override
        public boolean takeThread() {
            Sending started = sending;
            return started == null ? read.execution().takeThread() : started.takeThread();
        }
    }
}
