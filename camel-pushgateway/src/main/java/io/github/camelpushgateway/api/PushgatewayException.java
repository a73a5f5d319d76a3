package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an operation fails. The component rejected the request, the gateway did not respond, or the status of the
 * response was not 2xx. The message is one sentence with the operation, the group, the problem and the remedy. It
 * contains neither metrics nor secrets.
 */
public final class PushgatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String OUT_OF_MEMORY = "was not sent, because the JVM ran out of memory"
            + " (java.lang.OutOfMemoryError); send fewer metrics in one push, or increase the heap of the JVM (-Xmx)";

    private final String operation;
    private final String group;
    private final String target;
    private final String reason;
    private final int statusCode;
    private final String responseBody;
    private final int attempts;

    private PushgatewayException(
            String operation,
            String group,
            String target,
            String reason,
            int attempts,
            int statusCode,
            String responseBody,
            @Nullable Throwable cause) {
        super(Excerpt.escaped(operation + target + reason), cause);
        this.operation = operation;
        this.group = group;
        this.target = target;
        this.reason = reason;
        this.attempts = attempts;
        this.statusCode = statusCode;
        this.responseBody = responseBody;
    }

    /**
     * Creates an exception. Its message consists of the operation, its target and the reason, in this order.
     *
     * @param operation the attempted operation
     * @param group the group in the notation of Prometheus labels, or an empty string
     * @param target the group and the gateway, such as {@code of the group {job="a"} to http://localhost:9091}, with a
     *     space before it
     * @param reason the rest of the sentence, with a space before it: the problem and the remedy
     * @param attempts the number of attempts
     * @param statusCode the status of the response, or 0 if there was none
     * @param responseBody the text of the response, or an empty string
     * @param cause the cause, or null
     */
    @Internal
    public static PushgatewayException of(
            String operation,
            String group,
            String target,
            String reason,
            int attempts,
            int statusCode,
            String responseBody,
            @Nullable Throwable cause) {
        return new PushgatewayException(operation, group, target, reason, attempts, statusCode, responseBody, cause);
    }

    /**
     * Returns the exception for a request that was not sent because it is invalid.
     *
     * @param operation the attempted operation, which may be invalid
     * @param group the group, or the part of it that is known
     * @param cause the problem, as one sentence
     */
    public static PushgatewayException rejected(String operation, String group, IllegalArgumentException cause) {
        return notSent(operation, group, "was rejected before it was sent: " + cause.getMessage(), escaped(cause));
    }

    /** Returns the cause with an escaped message, because a stack trace prints the message of a cause unchanged. */
    private static IllegalArgumentException escaped(IllegalArgumentException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!Excerpt.escaped(message).equals(message)) {
                IllegalArgumentException escaped =
                        new IllegalArgumentException(Excerpt.escaped(String.valueOf(cause.getMessage())));
                escaped.setStackTrace(cause.getStackTrace());
                return escaped;
            }
        }
        return cause;
    }

    /**
     * Returns the exception for a request that was not sent because its data could not be read. The message of the
     * cause is not included, because it may contain a part of the payload.
     *
     * @param operation the attempted operation, which may be invalid
     * @param group the group, or the part of it that is known
     * @param cause the failure
     */
    public static PushgatewayException unreadable(String operation, String group, Throwable cause) {
        return notSent(
                operation,
                group,
                cause instanceof OutOfMemoryError
                        ? OUT_OF_MEMORY
                        : "was not sent, because its data could not be read ("
                                + cause.getClass().getName() + "); see the cause",
                cause);
    }

    /**
     * Returns the exception for a request that failed before a client received it, or while the caller waited for the
     * outcome.
     *
     * @param request the request
     * @param reason the problem, as the rest of a sentence
     * @param cause the failure
     */
    public static PushgatewayException of(PushRequest request, String reason, Exception cause) {
        return notSent(request.operation().toString(), request.groupingKey().toString(), reason, cause);
    }

    /**
     * Returns the exception for an operation that does not apply to a single group, such as {@code sweep}. The operation
     * failed before a client received it, or while the caller waited for the outcome.
     *
     * @param operation the attempted operation
     * @param reason the problem, as the rest of a sentence
     * @param cause the failure
     */
    public static PushgatewayException of(String operation, String reason, Exception cause) {
        return new PushgatewayException(operation, "", "", ' ' + reason, 0, 0, "", cause);
    }

    private static PushgatewayException notSent(String operation, String group, String details, Throwable cause) {
        String operationExcerpt = ResponseText.of(operation);
        String groupExcerpt = ResponseText.of(group);
        String target = " of the group " + groupExcerpt;
        String message = ResponseText.of(operationExcerpt + target + ' ' + details);
        String reason = message.substring(Math.min(message.length(), operationExcerpt.length() + target.length()));
        return new PushgatewayException(operationExcerpt, groupExcerpt, target, reason, 0, 0, "", cause);
    }

    /** Returns the exception for another request, which was coalesced with the failed one. */
    @Internal
    public PushgatewayException forCoalesced(PushRequest request) {
        return new PushgatewayException(
                request.operation().toString(), group, target, reason, attempts, statusCode, responseBody, getCause());
    }

    /** Returns the part of the message after the operation and its target. */
    @Internal
    public String reason() {
        return Excerpt.escaped(reason).strip();
    }

    /** Returns whether the request was rejected before it was sent, because it is invalid. */
    @Internal
    public boolean isRejection() {
        return attempts == 0 && getCause() instanceof IllegalArgumentException;
    }

    /** Returns the attempted operation, such as {@code push}, {@code pushadd} or {@code delete}. */
    public String getOperation() {
        return operation;
    }

    /**
     * Returns the group in the notation of Prometheus labels, such as {@code {job="batchA",region="eu"}}. For {@code
     * sweep}, these are the selected groups. It is empty if a request of {@code groups}, {@code status} or {@code wipe} fails.
     */
    public String getGroup() {
        return group;
    }

    /** Returns the HTTP status of the gateway's response, or 0 if there was none. */
    public int getStatusCode() {
        return statusCode;
    }

    /**
     * Returns the text of the gateway's response, at most 1,000 characters on one line; empty if there was no response.
     */
    public String getResponseBody() {
        return responseBody;
    }

    /** Returns the number of attempts to send the request; 0 if it was not sent. */
    public int getAttempts() {
        return attempts;
    }
}
