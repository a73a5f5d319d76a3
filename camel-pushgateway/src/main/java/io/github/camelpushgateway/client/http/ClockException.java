package io.github.camelpushgateway.client.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Thrown when the ages of groups are unknown because a clock is wrong. A retry would not help. */
public final class ClockException extends IOException {

    /** The maximum difference between the clocks of the gateway and this machine if groups are selected by age. */
    public static final Duration MAX_DIFFERENCE = Duration.ofMinutes(5);

    private static final long serialVersionUID = 1L;

    private ClockException(String message) {
        super(message);
    }

    /** Returns the exception for a response without a valid {@code Date} header. */
    public static ClockException noDate(Instant here) {
        return new ClockException(
                "its response has no valid Date header, so the age of its groups is unknown (the local clock shows "
                        + here.truncatedTo(ChronoUnit.SECONDS)
                        + "); let the proxy in front of it pass the header Date, or select groups without staleAfter");
    }

    /** Returns the exception for clocks that differ by more than {@link #MAX_DIFFERENCE}. */
    public static ClockException different(Instant there, Instant here) {
        return new ClockException(
                "its clock shows " + there + " and the local clock shows " + here.truncatedTo(ChronoUnit.SECONDS)
                        + ", more than " + MAX_DIFFERENCE.toMinutes()
                        + " minutes apart, so the age of its groups is unknown; correct the clocks, or select groups"
                        + " without staleAfter");
    }
}
