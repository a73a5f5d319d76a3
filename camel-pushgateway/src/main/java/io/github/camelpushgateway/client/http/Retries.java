package io.github.camelpushgateway.client.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.github.camelpushgateway.api.GatewayResponse;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
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
 * Says what is tried again, and when: I/O errors and the statuses 408, 429 and 5xx, which may pass. It is safe, since pushing
 * or deleting twice leaves the same group. Each wait is twice as long as the one before, up to 30 s, and jittered by a
 * quarter; a {@code Retry-After} is waited for if it asks for no more than that, and else nothing is tried again.
 */
final class Retries {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** Not zero, by which a scheduler knows a first attempt. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private static final double JITTER = 0.25;

    private static final int MAX_DIGITS = 9;
    private static final long TOO_LONG_SECONDS = 999_999_999;

    private final FailsafeExecutor<GatewayResponse> executor;

    /**
     * Prepares retries.
     *
     * @param maxRetries how often a request is tried again at most
     * @param delay the first wait
     * @param timer begins the retries
     */
    Retries(int maxRetries, Duration delay, ScheduledExecutorService timer) {
        executor = Failsafe.with(policy(maxRetries, delay)).with(new RetryScheduler(timer));
    }

    /**
     * Tries a request again if its first attempt may pass.
     *
     * @param first the first attempt, which has an outcome
     * @param attempts begins another attempt
     * @return the outcome of the last attempt
     */
    CompletableFuture<GatewayResponse> tryAgain(
            CompletableFuture<GatewayResponse> first, Supplier<CompletableFuture<GatewayResponse>> attempts) {
        return executor.getStageAsync(context -> context.isFirstAttempt() ? first : attempts.get());
    }

    private static RetryPolicy<GatewayResponse> policy(int maxRetries, Duration delay) {
        RetryPolicyBuilder<GatewayResponse> policy = RetryPolicy.<GatewayResponse>builder()
                .withMaxRetries(maxRetries)
                .handle(IOException.class)
                .handleResultIf(response -> mayPass(response.statusCode()))
                .abortOn(MalformedResponseException.class, ClockException.class)
                .abortIf((response, failure) -> secondsAskedFor(response) > LONGEST_WAIT.toSeconds())
                .withJitter(JITTER)
                .withDelayFn(context -> delayAskedFor(context.getLastResult()));
        if (delay.isZero()) {
            return policy.withDelay(SHORTEST_WAIT).build();
        }
        Duration longest = delay.compareTo(LONGEST_WAIT) < 0 ? LONGEST_WAIT : delay.plusMillis(1);
        return policy.withBackoff(delay, longest).build();
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /** Returns what the gateway asks for, or a negative duration, which leaves the delay to the policy. */
    private static Duration delayAskedFor(@Nullable GatewayResponse response) {
        long seconds = secondsAskedFor(response);
        // so that the jitter, which may shorten it, never makes it less than what was asked for
        if (seconds < 0) {
            return Duration.ofNanos(-1);
        }
        return seconds == 0 ? SHORTEST_WAIT : Duration.ofMillis((long) (seconds * 1_000 / (1 - JITTER)));
    }

    /** Returns the seconds in {@code Retry-After}, a number or a date (RFC 9110, 10.2.3), or -1 if there are none. */
    static long secondsAskedFor(@Nullable GatewayResponse response) {
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
            return -1; // neither: as if it were not there
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Several headers become a list. What is too large for a number is at least too long to wait for. */
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
