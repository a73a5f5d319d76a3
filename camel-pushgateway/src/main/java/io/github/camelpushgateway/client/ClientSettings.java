package io.github.camelpushgateway.client;

import java.time.Duration;

/**
 * What a client has to know of its gateway. Clients with equal settings can stand for each other.
 *
 * @param url where the gateway is
 * @param connectTimeout how long to wait for a connection; positive
 * @param requestTimeout how long one attempt may take as a whole, connecting included; positive
 */
public record ClientSettings(GatewayUrl url, Duration connectTimeout, Duration requestTimeout) {

    /** Sockets count their timeouts in milliseconds as an {@code int}, about 24 days. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if a timeout is not positive, or longer than 24 days */
    public ClientSettings {
        check("connectTimeout", connectTimeout);
        check("requestTimeout", requestTimeout);
    }

    private static void check(String option, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " is " + timeout.toMillis()
                    + " ms; give a duration between 1 ms and 24 days, such as 10s");
        }
    }
}
