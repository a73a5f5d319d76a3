package io.github.camelpushgateway.client.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ProxyException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The retry policy. I/O errors and the statuses 408, 429 and 5xx are retried, because they may be temporary. Retries
 * are safe, because pushing or deleting twice has the same effect on the group. Each delay is twice as long as the
 * previous one, up to 30 s, with a jitter of a quarter. A {@code Retry-After} of up to 30 s is respected; if it is
 * longer, there is no retry.
 */
final class Retries {

    static final Duration MAX_DELAY = Duration.ofSeconds(30);

    /** The minimum delay. Not zero, because the scheduler recognises a first attempt by its delay of zero. */
    private static final Duration MIN_DELAY = Duration.ofMillis(1);

    private static final double JITTER = 0.25;

    private static final int MAX_DIGITS = 9;
    private static final long TOO_LONG_SECONDS = 999_999_999;

    private final FailsafeExecutor<GatewayResponse> executor;

    /**
     * Prepares retries.
     *
     * @param maxRetries the maximum number of retries of a request
     * @param delay the delay before the first retry
     * @param timer starts the retries
     */
    Retries(int maxRetries, Duration delay, ScheduledExecutorService timer) {
        executor = Failsafe.with(policy(maxRetries, delay)).with(new RetryScheduler(timer));
    }

    /**
     * Retries a request if the failure of its first attempt may be temporary.
     *
     * @param first the first attempt, which has completed
     * @param attempts starts another attempt
     * @return the outcome of the last attempt
     */
    CompletableFuture<GatewayResponse> retry(
            CompletableFuture<GatewayResponse> first, Supplier<CompletableFuture<GatewayResponse>> attempts) {
        return executor.getStageAsync(context -> context.isFirstAttempt() ? first : attempts.get());
    }

    private static RetryPolicy<GatewayResponse> policy(int maxRetries, Duration delay) {
        RetryPolicyBuilder<GatewayResponse> policy = RetryPolicy.<GatewayResponse>builder()
                .withMaxRetries(maxRetries)
                .handle(IOException.class)
                .handleResultIf(response -> isTemporary(response.statusCode()))
                .abortOn(MalformedResponseException.class, ClockException.class)
                .abortOn(failure -> failure instanceof ProxyException proxy && isPermanent(proxy.statusCode()))
                .abortIf((response, failure) -> requestedSeconds(response) > MAX_DELAY.toSeconds())
                .withJitter(JITTER)
                .withDelayFn(context -> requestedDelay(context.getLastResult()));
        if (delay.isZero()) {
            return policy.withDelay(MIN_DELAY).build();
        }
        Duration maxDelay = delay.compareTo(MAX_DELAY) < 0 ? MAX_DELAY : delay.plusMillis(1);
        return policy.withBackoff(delay, maxDelay).build();
    }

    private static boolean isTemporary(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private static boolean isPermanent(int status) {
        return status > 0 && !isTemporary(status);
    }

    /** Returns the delay that the gateway requests, or a negative duration to use the delay of the policy. */
    private static Duration requestedDelay(@Nullable GatewayResponse response) {
        long seconds = requestedSeconds(response);
        // longer by the jitter, which may shorten the delay, so that it is never shorter than requested
        if (seconds < 0) {
            return Duration.ofNanos(-1);
        }
        return seconds == 0 ? MIN_DELAY : Duration.ofMillis((long) (seconds * 1_000 / (1 - JITTER)));
    }

    /**
     * Returns the seconds of {@code Retry-After}, a number or a date (RFC 9110, 10.2.3), or -1 if the header is missing
     * or invalid.
     */
    static long requestedSeconds(@Nullable GatewayResponse response) {
        String text = response == null ? null : response.headers().get("Retry-After");
        if (text == null) {
            return -1;
        }
        if (text.chars().allMatch(c -> isDigit(c) || c == ',' || c == ' ')) {
            return largest(text);
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Duration.between(Instant.now(), until).toSeconds() + 1);
        } catch (DateTimeException e) {
            // neither a number nor a date: ignored
            return -1;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Returns the largest number in the list, which may come from several headers. A number with too many digits is
     * replaced by one that is too long to wait for.
     */
    private static long largest(String seconds) {
        long largest = -1;
        for (String each : seconds.split("[, ]+", -1)) {
            if (!each.isEmpty()) {
                largest = Math.max(largest, each.length() > MAX_DIGITS ? TOO_LONG_SECONDS : Long.parseLong(each));
            }
        }
        return largest;
    }
}
