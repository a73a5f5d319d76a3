package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.client.query.Page;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The steps that check whether the server is a gateway that is ready and new enough, and otherwise identify the server. */
final class Identification {

    private static final String UTF8_NAMES = "push.enable-utf8-names";

    private static final String WRONG_SERVER =
            "Check host, port and path prefix in url. A proxy must forward /-/ready, /api/v1/ and /metrics/job/ to the"
                    + " gateway.";

    private final GatewayUrl url;
    private final DoctorOptions options;

    @Nullable
    private final SSLSocketFactory pem;

    private final Findings findings;

    Identification(GatewayUrl url, DoctorOptions options, @Nullable SSLSocketFactory pem, Findings findings) {
        this.url = url;
        this.options = options;
        this.pem = pem;
        this.findings = findings;
    }

    /**
     * Checks that the server is a gateway that is ready and new enough.
     *
     * @param ready the outcome of the first request: a success, or a server without this page
     * @param status the status of the gateway
     */
    void run(PushgatewayClient client, Outcome<Page> ready, Outcome<Map<String, Object>> status) throws StepException {
        Page page = ready.result();
        if (page != null && page.isHtml()) {
            throw new StepException(
                    "ready",
                    "the server responds with an HTML page, so it is not a Pushgateway",
                    "It may be the login page of a proxy, or another application. " + WRONG_SERVER);
        }
        if (page != null) {
            findings.ok("ready", "the server is ready");
        }
        Map<String, Object> state = status.result();
        if (state == null) {
            throw withoutState(client, page == null ? "ready" : "version", status);
        }
        if (page == null) {
            findings.warn(
                    "ready",
                    "the server has no page /-/ready (" + ready.status()
                            + "), so the health check of the component reports DOWN; forward /-/ready to the gateway");
        }
        describe(state);
    }

    private void describe(Map<String, Object> state) throws StepException {
        Map<?, ?> build = state.get("build_information") instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> flags = state.get("flags") instanceof Map<?, ?> map ? map : Map.of();
        Object version = build.get("version");
        if (version == null) {
            throw new StepException(
                    "version", "the server responds with a status that is not that of a Pushgateway", WRONG_SERVER);
        }
        if (options.hasUtf8Names() && !isOn(flags, UTF8_NAMES)) {
            throw new StepException(
                    "version",
                    "Pushgateway " + version + " does not allow UTF-8 names, which escaping=utf8 sends",
                    "Start Pushgateway 1.11 or newer with --" + UTF8_NAMES + ", or set escaping=values.");
        }
        String text = "Pushgateway " + version + "; admin API " + onOff(flags, "web.enable-admin-api")
                + ", UTF-8 names " + onOff(flags, UTF8_NAMES);
        if (isOn(flags, "push.disable-consistency-check")) {
            findings.warn(
                    "version",
                    text + "; it runs with --push.disable-consistency-check, so it accepts invalid metrics, which then"
                            + " break its scrapes: remove this flag");
        } else {
            findings.ok("version", text);
        }
    }

    private static boolean isOn(Map<?, ?> flags, String flag) {
        return "true".equals(flags.get(flag));
    }

    private static String onOff(Map<?, ?> flags, String flag) {
        return isOn(flags, flag) ? "on" : "off";
    }

    /** Returns the failure for a server without the status of a gateway. */
    private StepException withoutState(PushgatewayClient client, String step, Outcome<?> status) {
        PushgatewayException failure = status.failure();
        if (failure != null && !status.isWithoutPage() && !(failure.getCause() instanceof MalformedResponseException)) {
            return Outcome.failure("version", failure);
        }
        String root = URI.create(url.resolve("/").toString()).resolve("/").toString();
        boolean hasPrefix = !GatewayUrl.parse(root).equals(url);
        StepException known = known(step, client, "");
        if (known == null && hasPrefix) {
            try (PushgatewayClient atRoot = new PushgatewayClient(options.settings(GatewayUrl.parse(root), pem))) {
                known = known(step, atRoot, root.substring(0, root.length() - 1));
            }
        }
        return known != null
                ? known
                : new StepException(
                        step,
                        "the server at this URL is not a Pushgateway"
                                + (status.status() < 300 ? "" : " (" + status.status() + ")"),
                        WRONG_SERVER);
    }

    /**
     * Returns the failure for a server that its metrics identify, or null.
     *
     * @param root the URL without the path prefix, if the client uses it, or an empty string
     */
    private @Nullable StepException known(String step, PushgatewayClient client, String root) {
        Page metrics = Outcome.of(client.page("/metrics")).result();
        if (metrics == null) {
            return null;
        }
        for (Server server : Server.values()) {
            String version = server.version(metrics);
            if (version != null) {
                return known(step, server, version, root);
            }
        }
        return null;
    }

    private static StepException known(String step, Server server, String version, String root) {
        return switch (server) {
            case PUSHGATEWAY ->
                root.isEmpty()
                        ? new StepException(
                                "version",
                                "Pushgateway " + version + " is too old: it has no query API",
                                "Upgrade the gateway to version 1.2 or newer. The operations accumulate, groups, sweep and"
                                        + " status, the consumer and this check need the API.")
                        : new StepException(
                                step,
                                "there is no Pushgateway with this path prefix, but there is one without it",
                                "Set url to " + root + '.');
            case PROMETHEUS ->
                new StepException(
                        step,
                        "the server is Prometheus " + version + ", which accepts no pushes",
                        "Set url to the address of a Pushgateway, which has the port 9091 by default. Prometheus scrapes"
                                + " it.");
            case VICTORIA_METRICS ->
                new StepException(
                        step,
                        "the server is VictoriaMetrics, which has no groups that could be read or deleted",
                        "It stores the samples of push and pushadd at the path prefix /api/v1/import/prometheus; delete,"
                                + " groups and sweep have no effect on them. This check needs a Pushgateway.");
        };
    }
}
