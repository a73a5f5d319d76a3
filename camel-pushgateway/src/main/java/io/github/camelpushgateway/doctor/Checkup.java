package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.GatewayGroup;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.client.PushgatewayClient;
import io.github.camelpushgateway.client.query.Page;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import io.github.camelpushgateway.client.transport.ProxyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The steps for one gateway. They end at the first one that fails, and the pushed group is deleted in any case. */
final class Checkup {

    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final long POLL_MILLIS = 100;

    private final GatewayUrl url;
    private final DoctorOptions options;

    @Nullable
    private final SSLSocketFactory pem;

    private final Findings findings;
    private final ProbeGroup group = ProbeGroup.create();

    /** Whether the gateway may have the group. */
    private boolean mayExist;

    /** Whether the JVM is stopping, so that nothing is pushed any more. */
    private boolean stopped;

    /**
     * Creates a checkup.
     *
     * @param pem creates TLS connections with PEM files, or null for the settings of the JVM
     */
    Checkup(GatewayUrl url, DoctorOptions options, @Nullable SSLSocketFactory pem, Findings findings) {
        this.url = url;
        this.options = options;
        this.pem = pem;
        this.findings = findings;
    }

    /** Runs the steps, and returns whether all are ok. */
    boolean run() {
        try (PushgatewayClient client = new PushgatewayClient(options.settings(url, pem))) {
            // for example after Ctrl-C
            Thread hook = new Thread(() -> stop(client), "pushgateway-doctor-delete");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                steps(client);
                findings.summary("Pushes to " + url + " arrive.");
                return true;
            } catch (StepException e) {
                findings.failed(e);
                deleteAfterFailure(client);
                return false;
            } catch (LinkageError e) {
                // nothing more can be sent
                findings.failed(Libraries.failure(e));
                return false;
            } finally {
                removeHook(hook);
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook is running
        }
    }

    private void steps(PushgatewayClient client) throws StepException {
        findings.ok("url", url.toString());
        Outcome<Page> ready = connect(client);
        ready.checkCredentials("auth", options.hasCredentials());
        ready.checkSuccessOrNoPage("ready");
        // a proxy may require credentials for some paths only
        Outcome<Map<String, Object>> status = Outcome.of(client.status());
        status.checkCredentials("auth", options.hasCredentials());
        if (ready.failure() == null || status.failure() == null) {
            findings.ok(
                    "auth",
                    options.hasCredentials()
                            ? "the server accepts requests with these credentials"
                            : "the server requires no credentials");
        }
        new Identification(url, options, pem, findings).run(client, ready, status);
        push(client);
        read(client);
        delete(client);
    }

    /** Performs the steps up to TLS, and returns the outcome of the first request. */
    private Outcome<Page> connect(PushgatewayClient client) throws StepException {
        Network network = new Network(url, options.connectTimeout());
        List<InetAddress> addresses = network.resolve(findings);
        Socket socket = network.connect(addresses, findings);
        Tls tls = new Tls(url.host(), url.port(), options.requestTimeout(), pem);
        Tls.Connection again = () -> network.connect(addresses);
        boolean secure = url.scheme().equals("https");
        String session;
        try {
            session = secure && !network.hasProxy() ? tls.handshake(socket, again) : "";
        } finally {
            Network.close(socket);
        }
        Outcome<Page> ready = Outcome.of(client.page("/-/ready"));
        PushgatewayException failure = ready.failure();
        checkProxy(network, secure, failure);
        if (failure != null && secure) {
            checkTls(failure, network.hasProxy() ? null : tls, again);
        } else if (failure != null) {
            checkPlain(failure, network.hasProxy() ? null : tls, again);
        }
        findings.ok("tls", secure ? session.isEmpty() ? "through the proxy" : session : "not used");
        return ready;
    }

    /** Checks whether the proxy of the JVM, if there is one, has forwarded the first request. */
    private void checkProxy(Network network, boolean secure, @Nullable PushgatewayException failure)
            throws StepException {
        if (failure != null
                && (failure.getCause() instanceof ProxyException
                        // the proxy may not respond to CONNECT
                        || (network.hasProxy() && secure && failure.getCause() instanceof SocketTimeoutException))) {
            throw Outcome.failure("proxy", failure);
        }
        if (network.hasProxy()) {
            findings.ok(
                    "proxy",
                    "requests pass through the proxy of the JVM at " + network.address()
                            + (options.hasProxyCredentials() ? ", with credentials" : ""));
        } else if (options.hasProxyCredentials()) {
            findings.warn(
                    "proxy",
                    "proxyUsername is set, but the JVM has no proxy for this URL: set the system properties"
                            + " http.proxyHost and https.proxyHost with their ports, or remove proxyUsername");
        }
        if (failure != null && network.hasProxy() && failure.getStatusCode() == 403) {
            throw new StepException(
                    "auth",
                    "the server, or the proxy of the JVM, forbids the request (403)",
                    "Ask the operator of the proxy to permit requests to the gateway, or add the host of the gateway to the"
                            + " system property http.nonProxyHosts.");
        }
    }

    /** Checks whether the server closed the connection because of TLS. */
    private static void checkTls(PushgatewayException failure, @Nullable Tls tls, Tls.Connection again)
            throws StepException {
        Throwable cause = failure.getCause();
        boolean isClosed = cause instanceof IOException
                && !(cause instanceof SocketTimeoutException)
                && !(cause instanceof MalformedResponseException);
        if (isClosed) {
            if (Tls.isPlain(cause)) {
                throw Tls.notUsed();
            }
            StepException byClient = tls == null ? null : tls.clientCertificate(failure, again);
            throw byClient == null ? Outcome.failure("tls", failure) : byClient;
        }
    }

    /** Checks whether the server expects TLS. */
    private static void checkPlain(PushgatewayException failure, @Nullable Tls tls, Tls.Connection again)
            throws StepException {
        boolean isSaid = failure.getResponseBody().contains("HTTP request to an HTTPS server")
                || failure.getResponseBody().contains("HTTP request was sent to HTTPS port");
        boolean isUsed = failure.getStatusCode() == 0
                && tls != null
                && !(failure.getCause() instanceof SocketTimeoutException)
                && tls.isUsed(again);
        if (isSaid || isUsed) {
            throw new StepException(
                    "tls", "the server uses TLS at this port", "Write https:// instead of http:// in url.");
        }
    }

    private void push(PushgatewayClient client) throws StepException {
        synchronized (this) {
            if (stopped) {
                throw new StepException("push", "the check was stopped", "Run it again.");
            }
            // also after a failure: a gateway creates a group for a push that it refuses
            mayExist = true;
        }
        Outcome<?> pushed = Outcome.of(client.send(group.push()));
        pushed.checkCredentials("push", options.hasCredentials());
        pushed.checkSuccess("push");
        findings.ok("push", "the gateway has accepted the group " + group);
    }

    private void read(PushgatewayClient client) throws StepException {
        GatewayGroup stored = find(client, "read", true);
        if (stored == null) {
            throw new StepException(
                    "read",
                    "the gateway accepted the group " + group + ", but does not have it",
                    "If several gateways share this address, configure the load balancer to send all requests to the same one."
                            + " Otherwise check whether a proxy responds instead of the gateway.");
        }
        if (!group.isStored(stored)) {
            throw new StepException(
                    "read",
                    "the group " + group + " does not have the pushed value",
                    "Check whether a proxy changes or caches requests or responses.");
        }
        Double pushTime = stored.lastPush();
        Duration difference = pushTime == null
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochSecond(pushTime.longValue()), Instant.now())
                        .abs();
        if (difference.compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
            findings.warn(
                    "read",
                    "the group has the pushed value, but the clocks of the gateway and of this machine differ by "
                            + difference.toMinutes() + " minutes: correct one of them");
        } else {
            findings.ok("read", "the group has the pushed value");
        }
    }

    private void delete(PushgatewayClient client) throws StepException {
        Outcome<?> deleted = Outcome.of(client.send(group.delete()));
        deleted.checkCredentials("delete", options.hasCredentials());
        deleted.checkSuccess("delete");
        if (find(client, "delete", false) != null) {
            throw new StepException(
                    "delete",
                    "the server accepted the deletion, but still has the group " + group,
                    "Check whether a proxy or another server responds to DELETE instead of the gateway. Until then, the"
                            + " operations delete and sweep have no effect.");
        }
        setDeleted();
        findings.ok("delete", "the group is deleted");
    }

    /**
     * Reads the groups until the group of this check is there, or no longer there.
     *
     * @return the group as it was read last, or null if it was not there
     */
    private @Nullable GatewayGroup find(PushgatewayClient client, String step, boolean isExpected)
            throws StepException {
        long end = System.nanoTime() + options.requestTimeout().toNanos();
        while (true) {
            Outcome<List<GatewayGroup>> groups =
                    Outcome.of(client.groups(each -> group.is(each) ? Optional.of(each) : Optional.empty()));
            groups.checkCredentials(step, options.hasCredentials());
            groups.checkSuccess(step);
            List<GatewayGroup> found = groups.result() == null ? List.of() : groups.result();
            if (!found.isEmpty() == isExpected || System.nanoTime() - end > 0) {
                return found.isEmpty() ? null : found.get(0);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepException(step, "the check was interrupted", "Run it again.");
            }
        }
    }

    private void deleteAfterFailure(PushgatewayClient client) {
        if (mayExist()) {
            if (Outcome.of(client.send(group.delete())).failure() == null) {
                findings.note("The group " + group + " of this check was deleted.");
            } else {
                findings.note(
                        "The group " + group + " of this check could not be deleted. If it still exists, delete it.");
            }
            setDeleted();
        }
    }

    /** Deletes the group before the JVM stops. */
    private void stop(PushgatewayClient client) {
        synchronized (this) {
            stopped = true;
        }
        deleteAfterFailure(client);
    }

    private synchronized boolean mayExist() {
        return mayExist;
    }

    private synchronized void setDeleted() {
        mayExist = false;
    }
}
