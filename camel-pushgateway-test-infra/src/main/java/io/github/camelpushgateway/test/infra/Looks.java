package io.github.camelpushgateway.test.infra;

import java.util.concurrent.TimeUnit;
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;

/**
 * Poll rate for the readiness of a container. Testcontainers polls once a second, which is longer than most
 * containers need to start.
 */
final class Looks {

    private static final int PER_SECOND = 20;

    private Looks() {}

    /** Returns a rate limiter for one container, so that containers do not delay each other. */
    static RateLimiter often() {
        return RateLimiterBuilder.newBuilder()
                .withRate(PER_SECOND, TimeUnit.SECONDS)
                .withConstantThroughput()
                .build();
    }
}
