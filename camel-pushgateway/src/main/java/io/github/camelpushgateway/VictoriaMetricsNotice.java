package io.github.camelpushgateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log line at start for a receiver that its URL identifies, and that supports only some operations. */
final class VictoriaMetricsNotice {

    private static final Logger LOG = LoggerFactory.getLogger(VictoriaMetricsNotice.class);

    private VictoriaMetricsNotice() {}

    /** Logs which operations the receiver supports. */
    static void log(String url) {
        LOG.info(
                "{} is VictoriaMetrics or vmagent according to its path. It adds the samples of push, pushadd and report,"
                        + " and replaces nothing. The operations accumulate, delete, groups, sweep, wipe and status, and the"
                        + " consumer, need a Pushgateway",
                url);
    }
}
