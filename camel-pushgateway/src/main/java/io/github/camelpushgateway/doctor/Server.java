package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.client.query.Page;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of servers that their metrics identify. */
enum Server {
    PUSHGATEWAY("pushgateway_build_info"),
    PROMETHEUS("prometheus_build_info"),
    VICTORIA_METRICS("vm_app_version");

    private final Pattern build;

    Server(String metric) {
        build = Pattern.compile("^" + metric + "\\{[^}]*\\bversion=\"([^\"]{0,60})\"", Pattern.MULTILINE);
    }

    /** Returns the version that the metrics of this kind of server contain, or null for another server. */
    @Nullable
    String version(Page metrics) {
        Matcher version = build.matcher(metrics.text());
        return version.find() ? version.group(1) : null;
    }
}
