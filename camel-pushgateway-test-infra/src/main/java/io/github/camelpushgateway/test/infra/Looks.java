package io.github.camelpushgateway.test.infra;

import java.util.concurrent.TimeUnit;
import org.rnorth.ducttape.ratelimits.RateLimiter;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;

/** How often to look whether a container is ready. Testcontainers does so once a second, which is longer than most of them take. */
final class Looks {

    private static final int PER_SECOND = 20;

    private Looks() {}

    /** Returns a limiter for one container: others do not take its turns. */
    static RateLimiter often() {
        return RateLimiterBuilder.newBuilder()
                .withRate(PER_SECOND, TimeUnit.SECONDS)
                .withConstantThroughput()
                .build();
    }
}
