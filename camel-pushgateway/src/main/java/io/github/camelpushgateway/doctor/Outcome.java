package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.PushgatewayException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request.
 *
 * @param result the result of a success, or null
 * @param failure the failure, or null
 */
record Outcome<T>(@Nullable T result, @Nullable PushgatewayException failure) {

    /** The statuses of servers that do not have a page. */
    private static final Set<Integer> NO_SUCH_PAGE = Set.of(400, 404, 405, 501);

    /**
     * Waits for the outcome of a request, which the client ends in time.
     *
     * @throws LinkageError if a class that the client needs cannot be loaded
     */
    static <T> Outcome<T> of(CompletionStage<T> request) {
        try {
            return new Outcome<>(request.toCompletableFuture().get(), null);
        } catch (ExecutionException e) {
            for (Throwable each = e.getCause(); each != null; each = each.getCause()) {
                if (each instanceof LinkageError missing) {
                    throw missing;
                }
            }
            if (e.getCause() instanceof PushgatewayException failure) {
                return new Outcome<>(null, failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the status of the response, 0 if there was none, and 200 for each success. */
    int status() {
        return failure == null ? 200 : failure.getStatusCode();
    }

    /** Returns whether the server has no such page. */
    boolean isWithoutPage() {
        return NO_SUCH_PAGE.contains(status());
    }

    /**
     * Checks whether the server has refused the credentials, or the lack of them.
     *
     * @param hasCredentials whether the request has credentials
     */
    void checkCredentials(String step, boolean hasCredentials) throws StepException {
        if (status() == 401 && !hasCredentials) {
            throw new StepException(
                    step,
                    "the server requires credentials (401)",
                    "Set username and password, or bearerToken, on the component. For this check, add username=NAME, and"
                            + " set the environment variable PUSHGATEWAY_PASSWORD, or PUSHGATEWAY_BEARER_TOKEN.");
        }
        if (status() == 401) {
            throw new StepException(
                    step,
                    "the server does not accept the credentials (401)",
                    "Correct username and password, or bearerToken. In an endpoint URI, a password with a plus,"
                            + " percent or ampersand sign must be in RAW(...).");
        }
        if (status() == 403) {
            throw new StepException(
                    step,
                    "the server forbids the request (403)",
                    "Ask the operator of the gateway, or of the proxy in front of it, to permit requests "
                            + (hasCredentials ? "with these credentials." : "from this machine."));
        }
    }

    /** Checks that the request was successful. */
    void checkSuccess(String step) throws StepException {
        if (failure != null) {
            throw failure(step, failure);
        }
    }

    /** Checks that the request was successful, or that the server has no such page. */
    void checkSuccessOrNoPage(String step) throws StepException {
        if (!isWithoutPage()) {
            checkSuccess(step);
        }
    }

    /** Returns the failure with the message of the client, which contains the remedy. */
    static StepException failure(String step, PushgatewayException failure) {
        return new StepException(
                step,
                failure.reason().replaceFirst("^failed(?: through the \\S+ proxy of the JVM at \\S+)?: ", ""),
                "");
    }
}
