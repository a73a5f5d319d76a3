package io.github.camelpushgateway.client.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Indicates that the ages of groups are not known, since a clock is wrong; another attempt would not change that. */
public final class ClockException extends IOException {

    /** How far the clock of the gateway and that of this machine may differ where groups are selected by their age. */
    public static final Duration MAX_DIFFERENCE = Duration.ofMinutes(5);

    private static final long serialVersionUID = 1L;

    private ClockException(String message) {
        super(message);
    }

    public static ClockException noDate(Instant here) {
        return new ClockException(
                "its response has no valid Date header, so the age of its groups is not known (the clock here says "
                        + here.truncatedTo(ChronoUnit.SECONDS)
                        + "); let the proxy before it pass the header Date, or select groups without staleAfter");
    }

    public static ClockException different(Instant there, Instant here) {
        return new ClockException(
                "its clock says " + there + " and the clock here says " + here.truncatedTo(ChronoUnit.SECONDS)
                        + ", more than " + MAX_DIFFERENCE.toMinutes()
                        + " minutes apart, so the age of its groups is not known; set both clocks, or select groups without staleAfter");
    }
}
