package io.github.camelpushgateway.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells that something was not done to a group: it was refused before it was sent, the gateway did not answer, or it
 * answered with anything but 2xx. The message is one sentence of what was attempted, on which group, what is wrong and what
 * to do; it holds neither the metrics nor any secret.
 */
public final class PushgatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final String group;
    private final int statusCode;
    private final String responseBody;
    private final int attempts;

    private PushgatewayException(
            String operation,
            String group,
            String message,
            int attempts,
            int statusCode,
            String responseBody,
            @Nullable Throwable cause) {
        super(message, cause);
        this.operation = operation;
        this.group = group;
        this.attempts = attempts;
        this.statusCode = statusCode;
        this.responseBody = responseBody;
    }

    /**
     * Returns the exception for something that was never sent, since it is not legal.
     *
     * @param operation what was attempted, as it was given
     * @param group the group as far as it is known
     * @param cause what is wrong, as one sentence
     */
    public static PushgatewayException refused(String operation, String group, IllegalArgumentException cause) {
        return notSent(operation, group, "was refused before it was sent: " + cause.getMessage(), cause);
    }

    /**
     * Returns the exception for something that was never sent, since it could not be read. What the cause says of itself is
     * not repeated, since it may be a part of the payload.
     *
     * @param operation what was attempted, as it was given
     * @param group the group as far as it is known
     * @param cause what came in between
     */
    public static PushgatewayException unreadable(String operation, String group, Throwable cause) {
        return notSent(
                operation,
                group,
                "was not sent, since reading what to send failed with a "
                        + cause.getClass().getName() + "; see the cause",
                cause);
    }

    /**
     * Returns the exception for a request that came to nothing before a client was asked, or while it was waited for.
     *
     * @param words what became of it, as the rest of a sentence
     */
    public static PushgatewayException of(PushRequest request, String words, Exception cause) {
        return notSent(request.operation().toString(), request.groupingKey().toString(), words, cause);
    }

    private static PushgatewayException notSent(String operation, String group, String words, Throwable cause) {
        String shownOperation = ResponseText.of(operation);
        String shownGroup = ResponseText.of(group);
        String message = ResponseText.of(shownOperation + " of the group " + shownGroup + " " + words);
        return new PushgatewayException(shownOperation, shownGroup, message, 0, 0, "", cause);
    }

    static PushgatewayException notAnswered(Attempted attempted, int attempts, IOException cause) {
        String message = failed(attempted, attempts) + Advice.on(cause);
        return new PushgatewayException(attempted.operation(), attempted.group(), message, attempts, 0, "", cause);
    }

    static PushgatewayException answered(Attempted attempted, int attempts, GatewayResponse response) {
        String message = failed(attempted, attempts) + Advice.on(response);
        return new PushgatewayException(
                attempted.operation(),
                attempted.group(),
                message,
                attempts,
                response.statusCode(),
                response.body(),
                null);
    }

    /** Returns the exception for another request that was a part of the one that failed. */
    PushgatewayException alsoOf(PushRequest request) {
        String own = request.operation().toString();
        String message = String.valueOf(getMessage());
        return new PushgatewayException(
                own,
                group,
                message.startsWith(operation) ? own + message.substring(operation.length()) : message,
                attempts,
                statusCode,
                responseBody,
                getCause());
    }

    private static String failed(Attempted attempted, int attempts) {
        return attempted + " failed" + (attempts > 1 ? ", tried " + attempts + " times: " : ": ");
    }

    /** Returns what was attempted: {@code push}, {@code pushadd}, {@code delete}, or what was asked for instead. */
    public String getOperation() {
        return operation;
    }

    /** Returns the group as Prometheus writes labels, such as {@code {job="batchA",region="eu"}}. */
    public String getGroup() {
        return group;
    }

    /** Returns the HTTP status of the gateway's answer, or 0 if there was none. */
    public int getStatusCode() {
        return statusCode;
    }

    /** Returns the gateway's own words, at most 1,000 characters on one line; empty if there was no answer. */
    public String getResponseBody() {
        return responseBody;
    }

    /** Returns how often the request was sent or tried to be sent; 0 if it was refused before. */
    public int getAttempts() {
        return attempts;
    }
}
