package io.github.camelpushgateway.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URI of the endpoint through which the runs of routes are reported, with the options that are also properties.
 *
 * @param uri the URI as configured
 * @param start whether the start of a run is also reported
 * @param interval the time from one run to the next, or null
 * @param counters whether counters of all runs are also reported
 */
record ReportUri(String uri, boolean start, @Nullable String interval, boolean counters) {

    private static final String ROUTE_ID = "${routeId}";
    /** The alternative for files in which <code>${...}</code> is a placeholder, such as Spring Boot's properties. */
    private static final String ALTERNATIVE_ROUTE_ID = "$simple{routeId}";

    private static final Pattern OPERATION = Pattern.compile("[?&]operation=([^&]*)");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*}}", Pattern.DOTALL);

    /** The default endpoint, whose job is the id of the route. */
    static final ReportUri DEFAULT = new ReportUri("pushgateway:" + ROUTE_ID, false, null, false);

    ReportUri {
        uri = uri.replace(ALTERNATIVE_ROUTE_ID, ROUTE_ID);
    }

    ReportUri withUri(String newUri) {
        return new ReportUri(newUri, start, interval, counters);
    }

    ReportUri withStart(boolean newStart) {
        return new ReportUri(uri, newStart, interval, counters);
    }

    ReportUri withInterval(@Nullable String newInterval) {
        return new ReportUri(uri, start, newInterval, counters);
    }

    ReportUri withCounters(boolean newCounters) {
        return new ReportUri(uri, start, interval, newCounters);
    }

    /**
     * Returns the URI for a route.
     *
     * @throws IllegalArgumentException if the URI is not that of a report, or the id of the route cannot be part of it
     */
    String of(String routeId) {
        Matcher operation = OPERATION.matcher(uri);
        boolean hasOperation = operation.find();
        if (hasOperation && !operation.group(1).equalsIgnoreCase("report")) {
            throw new IllegalArgumentException("the route '" + routeId
                    + "' can be reported only with operation=report; remove the operation from the uri");
        }
        if (uri.contains(ROUTE_ID) && routeId.contains("?")) {
            throw new IllegalArgumentException("the id of the route '" + routeId
                    + "' cannot be a job in a uri because it contains a question mark; set a uri with another job");
        }
        StringBuilder resolved = new StringBuilder(uri.replace(ROUTE_ID, encoded(routeId)));
        if (!hasOperation) {
            append(resolved, "operation=report");
        }
        if (start) {
            append(resolved, "reportStart=true");
        }
        if (interval != null && !interval.isBlank()) {
            append(resolved, "reportInterval=" + encodedExceptPlaceholders(interval));
        }
        if (counters) {
            append(resolved, "reportCounters=true");
        }
        return resolved.toString();
    }

    private static void append(StringBuilder uri, String option) {
        char last = uri.charAt(uri.length() - 1);
        if (last != '?' && last != '&') {
            uri.append(uri.indexOf("?") < 0 ? '?' : '&');
        }
        uri.append(option);
    }

    /** Encodes a text whose placeholders, such as {@code {{env:INTERVAL:24h}}}, are resolved with the URI. */
    private static String encodedExceptPlaceholders(String text) {
        StringBuilder encoded = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholder.find()) {
            encoded.append(encoded(text.substring(end, placeholder.start()))).append(placeholder.group());
            end = placeholder.end();
        }
        return encoded.append(encoded(text.substring(end))).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
