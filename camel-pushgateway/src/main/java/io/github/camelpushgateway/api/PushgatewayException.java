package io.github.camelpushgateway.api;

import io.github.camelpushgateway.metrics.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Tells that something was not done to a group: it was refused before it was sent, the gateway did not answer, or it
 * answered with anything but 2xx. The message is one sentence of what was attempted, on which group, what is wrong and what
 * to do; it holds neither the metrics nor any secret.
 */
public final class PushgatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String OUT_OF_MEMORY = "was not sent, since the JVM has too little memory for it"
            + " (java.lang.OutOfMemoryError); send less at once, or give the JVM more memory (-Xmx)";

    private final String operation;
    private final String group;
    private final String subject;
    private final String reason;
    private final int statusCode;
    private final String responseBody;
    private final int attempts;

    private PushgatewayException(
            String operation,
            String group,
            String subject,
            String reason,
            int attempts,
            int statusCode,
            String responseBody,
            @Nullable Throwable cause) {
        super(Excerpt.escaped(operation + subject + reason), cause);
        this.operation = operation;
        this.group = group;
        this.subject = subject;
        this.reason = reason;
        this.attempts = attempts;
        this.statusCode = statusCode;
        this.responseBody = responseBody;
    }

    /**
     * Creates an exception. Its message consists of the operation, the subject and the reason, in this order.
     *
     * @param operation what was attempted
     * @param group the group as Prometheus writes labels, or an empty text
     * @param subject the rest of the name of what was attempted, such as {@code  of the group {job="a"} to http://localhost:9091}
     * @param reason the rest of the sentence, which begins with a space: what is wrong, and what to do
     * @param attempts how often the request was sent
     * @param statusCode of the response, or 0 if there was none
     * @param responseBody the text of the response, or an empty text
     */
    @Internal
    public static PushgatewayException of(
            String operation,
            String group,
            String subject,
            String reason,
            int attempts,
            int statusCode,
            String responseBody,
            @Nullable Throwable cause) {
        return new PushgatewayException(operation, group, subject, reason, attempts, statusCode, responseBody, cause);
    }

    /**
     * Returns the exception for something that was never sent, since it is not legal.
     *
     * @param operation what was attempted, as it was given
     * @param group the group as far as it is known
     * @param cause what is wrong, as one sentence
     */
    public static PushgatewayException refused(String operation, String group, IllegalArgumentException cause) {
        return notSent(operation, group, "was refused before it was sent: " + cause.getMessage(), escaped(cause));
    }

    /** A stack trace shows the message of a cause as it is. */
    private static IllegalArgumentException escaped(IllegalArgumentException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!Excerpt.escaped(message).equals(message)) {
                IllegalArgumentException shown =
                        new IllegalArgumentException(Excerpt.escaped(String.valueOf(cause.getMessage())));
                shown.setStackTrace(cause.getStackTrace());
                return shown;
            }
        }
        return cause;
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
                cause instanceof OutOfMemoryError
                        ? OUT_OF_MEMORY
                        : "was not sent, since reading what to send failed with a "
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

    /**
     * Returns the exception for something that is not about one group, and came to nothing before a client was asked, or while
     * it was waited for.
     *
     * @param operation what was attempted
     * @param words what became of it, as the rest of a sentence
     */
    public static PushgatewayException of(String operation, String words, Exception cause) {
        return new PushgatewayException(operation, "", "", ' ' + words, 0, 0, "", cause);
    }

    private static PushgatewayException notSent(String operation, String group, String words, Throwable cause) {
        String shownOperation = ResponseText.of(operation);
        String shownGroup = ResponseText.of(group);
        String subject = " of the group " + shownGroup;
        String message = ResponseText.of(shownOperation + subject + ' ' + words);
        String reason = message.substring(Math.min(message.length(), shownOperation.length() + subject.length()));
        return new PushgatewayException(shownOperation, shownGroup, subject, reason, 0, 0, "", cause);
    }

    /** Returns the exception for another request that was a part of the one that failed. */
    @Internal
    public PushgatewayException alsoOf(PushRequest request) {
        return new PushgatewayException(
                request.operation().toString(), group, subject, reason, attempts, statusCode, responseBody, getCause());
    }

    /** Returns the rest of the sentence that follows the name of what was attempted. */
    @Internal
    public String reason() {
        return Excerpt.escaped(reason).strip();
    }

    /** Returns whether the request was rejected before it was sent, since it is invalid. */
    @Internal
    public boolean isRefusal() {
        return attempts == 0 && getCause() instanceof IllegalArgumentException;
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
