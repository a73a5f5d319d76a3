package io.github.camelpushgateway.report;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Makes a shutdown wait for reports that are under way. Camel takes an exchange for done when it has left its route, which is just
 * before it is reported.
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

    /** Without those that Camel counts by itself. */
    @Override
    public int getPendingExchangesSize() {
        int counted = route.getCamelContext().getInflightRepository().size(route.getRouteId());
        return Math.max(0, parts.get() - counted);
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {}
}
