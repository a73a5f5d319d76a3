package io.github.camelpushgateway.client;

import io.github.camelpushgateway.metrics.Shown;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells that something was not done to a group: it was refused before it was sent, the gateway did not answer, or it
 * answered with anything but 2xx. The message is one sentence of what was attempted, on which group, what is wrong and what
 * to do; it holds neither the metrics nor any secret.
 */
public final class PushgatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    /** On each of several gateways. */
    private static final int MAX_WORDS = 500;

    private static final String OUT_OF_MEMORY = "was not sent, since the JVM has too little memory for it"
            + " (java.lang.OutOfMemoryError); send less at once, or give the JVM more memory (-Xmx)";

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
        super(Shown.escaped(message), cause);
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
        return notSent(operation, group, "was refused before it was sent: " + cause.getMessage(), escaped(cause));
    }

    /** A stack trace shows the message of a cause as it is. */
    private static IllegalArgumentException escaped(IllegalArgumentException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!Shown.escaped(message).equals(message)) {
                IllegalArgumentException shown =
                        new IllegalArgumentException(Shown.escaped(String.valueOf(cause.getMessage())));
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
        return new PushgatewayException(operation, "", operation + ' ' + words, 0, 0, "", cause);
    }

    private static PushgatewayException notSent(String operation, String group, String words, Throwable cause) {
        String shownOperation = ResponseText.of(operation);
        String shownGroup = ResponseText.of(group);
        String message = ResponseText.of(shownOperation + " of the group " + shownGroup + " " + words);
        return new PushgatewayException(shownOperation, shownGroup, message, 0, 0, "", cause);
    }

    static PushgatewayException notAnswered(Attempted attempted, int attempts, IOException cause) {
        String message = failed(attempted, attempts) + Advice.on(attempted.url(), cause);
        return new PushgatewayException(attempted.operation(), attempted.group(), message, attempts, 0, "", cause);
    }

    static PushgatewayException answered(Attempted attempted, int attempts, GatewayResponse response) {
        String message = failed(attempted, attempts) + Advice.on(attempted.operation(), response);
        return new PushgatewayException(
                attempted.operation(),
                attempted.group(),
                message,
                attempts,
                response.statusCode(),
                response.body(),
                null);
    }

    /**
     * Returns the exception for a sweep that came to nothing, or only to a part of it.
     *
     * @param words how far it came, and why no further, as the rest of a sentence
     */
    static PushgatewayException ofSweep(GroupFilter filter, String words, Exception cause) {
        PushgatewayException failure = cause instanceof PushgatewayException push ? push : null;
        return new PushgatewayException(
                "sweep",
                ResponseText.of(filter.toString()),
                ResponseText.of("sweep of the groups " + filter + words),
                failure == null ? 0 : failure.attempts,
                failure == null ? 0 : failure.statusCode,
                failure == null ? "" : failure.responseBody,
                cause);
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

    /** Returns the exception for what not all of several gateways have done: that of the first of them, with a sentence on each. */
    static PushgatewayException ofSeveral(String operation, String group, List<Outcome> outcomes) {
        List<PushgatewayException> failures =
                outcomes.stream().map(Outcome::failure).filter(Objects::nonNull).toList();
        PushgatewayException first = failures.get(0);
        StringBuilder message = new StringBuilder(operation)
                .append(group.isEmpty() ? "" : " of the group " + group)
                .append(" succeeded on ")
                .append(outcomes.size() - failures.size())
                .append(" of ")
                .append(outcomes.size())
                .append(" gateways");
        for (Outcome outcome : outcomes) {
            PushgatewayException failure = outcome.failure();
            if (failure != null) {
                message.append("; on ")
                        .append(outcome.gateway())
                        .append(" it ")
                        .append(failure.words(outcome.gateway()));
            }
        }
        PushgatewayException one = new PushgatewayException(
                operation,
                group,
                message.toString(),
                first.attempts,
                first.statusCode,
                first.responseBody,
                first.getCause());
        failures.stream().skip(1).forEach(one::addSuppressed);
        return one;
    }

    /** Returns what became of it, as the rest of a sentence that has named it already. */
    private String words(GatewayUrl gateway) {
        String words = String.valueOf(getMessage());
        for (String known :
                List.of(Attempted.describe(operation, group, gateway), operation + " of the group " + group)) {
            if (words.startsWith(known)) {
                words = words.substring(known.length()).strip();
                break;
            }
        }
        return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS - 3) + "...";
    }

    /** Tells whether it was never sent, since it is not legal. */
    boolean isRefusal() {
        return attempts == 0 && getCause() instanceof IllegalArgumentException;
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
