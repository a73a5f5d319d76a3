package io.github.camelpushgateway.test.infra;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway shall be like. {@link #plain()} asks for nothing; each {@code with...} method asks for one thing more.
 *
 * @param credentials what basic auth accepts, or null if there is none
 * @param certificates with what the gateway speaks TLS, or null if it speaks plain HTTP
 * @param clientCertificates whether a client must show a certificate of the same authority
 * @param pathPrefix below which path it serves everything, such as {@code /prom/gateway}, or empty
 * @param flags further flags of the command line, such as {@code --web.enable-admin-api}
 * @param version which version it must be, such as {@code 1.5.1}, or empty if any will do
 * @param restarts whether it can be ended and started again at the same address
 */
public record PushgatewaySetup(
        @Nullable Credentials credentials,
        @Nullable TestCertificates certificates,
        boolean clientCertificates,
        String pathPrefix,
        List<String> flags,
        String version,
        boolean restarts) {

    public PushgatewaySetup {
        if (clientCertificates && certificates == null) {
            throw new IllegalArgumentException("client certificates need TLS; call withTls first");
        }
        flags = List.copyOf(flags);
    }

    /** A name and a password. */
    public record Credentials(String username, String password) {

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** Returns the setup of a gateway that speaks HTTP to everybody. */
    public static PushgatewaySetup plain() {
        return new PushgatewaySetup(null, null, false, "", List.of(), "", false);
    }

    /** Returns this setup with basic auth. */
    public PushgatewaySetup withBasicAuth(String username, String password) {
        return new PushgatewaySetup(
                new Credentials(username, password),
                certificates,
                clientCertificates,
                pathPrefix,
                flags,
                version,
                restarts);
    }

    /** Returns this setup with TLS: the gateway shows the server certificate of these. */
    public PushgatewaySetup withTls(TestCertificates tls) {
        return new PushgatewaySetup(credentials, tls, clientCertificates, pathPrefix, flags, version, restarts);
    }

    /** Returns this setup, with a client certificate required. */
    public PushgatewaySetup withClientCertificates() {
        return new PushgatewaySetup(credentials, certificates, true, pathPrefix, flags, version, restarts);
    }

    /** Returns this setup, with everything below a path, as behind many a proxy. */
    public PushgatewaySetup withPathPrefix(String prefix) {
        return new PushgatewaySetup(credentials, certificates, clientCertificates, prefix, flags, version, restarts);
    }

    /** Returns this setup with one more flag. */
    public PushgatewaySetup withFlag(String flag) {
        List<String> more = new ArrayList<>(flags);
        more.add(flag);
        return new PushgatewaySetup(credentials, certificates, clientCertificates, pathPrefix, more, version, restarts);
    }

    /** Returns this setup, of exactly that version, such as {@code 1.5.1}. */
    public PushgatewaySetup withVersion(String exact) {
        return new PushgatewaySetup(credentials, certificates, clientCertificates, pathPrefix, flags, exact, restarts);
    }

    /**
     * Returns this setup of a gateway that can be ended and started again at the same address: see {@link Pushgateway#kill()},
     * {@link Pushgateway#terminate()} and {@link Pushgateway#restart()}. With {@code --persistence.file=} and a relative name as a
     * flag it keeps what it holds.
     */
    public PushgatewaySetup withRestarts() {
        return new PushgatewaySetup(credentials, certificates, clientCertificates, pathPrefix, flags, version, true);
    }

    /** Returns the flags of the command line, the one of the prefix included. */
    List<String> allFlags() {
        List<String> all = new ArrayList<>(flags);
        if (!pathPrefix.isEmpty()) {
            all.add("--web.route-prefix=" + pathPrefix);
        }
        return all;
    }

    /** The flag cannot be given twice, so it must not be given to one that has it. */
    boolean isPersistent() {
        return flags.stream().anyMatch(flag -> flag.startsWith("--persistence.file"));
    }

    boolean isPlain() {
        return equals(plain().withVersion(version));
    }
}
