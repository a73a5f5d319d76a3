package io.github.camelpushgateway.test.infra;

import java.util.concurrent.TimeUnit;
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;

/**
 * Poll rate for the readiness of a container. Testcontainers polls once a second, which is longer than most
 * containers need to start.
 */
final class PollRate {

    private static final int PER_SECOND = 20;

    private PollRate() {}

    /** Returns a rate limiter for one container, so that containers do not delay each other. */
    static RateLimiter limiter() {
        return RateLimiterBuilder.newBuilder()
                .withRate(PER_SECOND, TimeUnit.SECONDS)
                .withConstantThroughput()
                .build();
    }
}
