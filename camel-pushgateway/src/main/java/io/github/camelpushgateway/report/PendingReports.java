package io.github.camelpushgateway.report;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Service that delays a shutdown until pending reports are complete. For Camel, an exchange is done when it leaves its route, which is
 * just before its report.
 */
final class PendingReports extends ServiceSupport implements ShutdownAware {

    private final Route route;
    private final AtomicInteger parts = new AtomicInteger();

    PendingReports(Route route) {
        this.route = route;
    }

    void begin() {
        parts.incrementAndGet();
    }

    void end() {
        parts.decrementAndGet();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Returns the number of pending parts, excluding exchanges already counted by Camel. */
    @Override
    public int getPendingExchangesSize() {
        int counted = route.getCamelContext().getInflightRepository().size(route.getRouteId());
        return Math.max(0, parts.get() - counted);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {}
}
