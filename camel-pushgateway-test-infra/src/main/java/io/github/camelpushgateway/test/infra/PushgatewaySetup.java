package io.github.camelpushgateway.test.infra;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requirements for a gateway. {@link #plain()} has none; each {@code with...} method adds one.
 *
 * @param credentials the credentials for basic auth, or null for none
 * @param certificates the certificates for TLS, or null for plain HTTP
 * @param clientCertificates whether a client must present a certificate of the same authority
 * @param pathPrefix the path prefix of all URLs, such as {@code /prom/gateway}, or empty
 * @param flags additional command-line flags, such as {@code --web.enable-admin-api}
 * @param version the required version, such as {@code 1.5.1}, or empty for any version
 * @param restarts whether the gateway can be ended and started again at the same address
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

    /** Username and password. */
    public record Credentials(String username, String password) {

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** Returns the setup of a gateway with plain HTTP and without authentication. */
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

    /** Returns this setup with TLS, for which the gateway uses the server certificate. */
    public PushgatewaySetup withTls(TestCertificates tls) {
        return new PushgatewaySetup(credentials, tls, clientCertificates, pathPrefix, flags, version, restarts);
    }

    /** Returns this setup with a required client certificate. */
    public PushgatewaySetup withClientCertificates() {
        return new PushgatewaySetup(credentials, certificates, true, pathPrefix, flags, version, restarts);
    }

    /** Returns this setup with a path prefix, as used behind many proxies. */
    public PushgatewaySetup withPathPrefix(String prefix) {
        return new PushgatewaySetup(credentials, certificates, clientCertificates, prefix, flags, version, restarts);
    }

    /** Returns this setup with one additional flag. */
    public PushgatewaySetup withFlag(String flag) {
        List<String> extended = new ArrayList<>(flags);
        extended.add(flag);
        return new PushgatewaySetup(
                credentials, certificates, clientCertificates, pathPrefix, extended, version, restarts);
    }

    /** Returns this setup with a required version, such as {@code 1.5.1}. */
    public PushgatewaySetup withVersion(String required) {
        return new PushgatewaySetup(
                credentials, certificates, clientCertificates, pathPrefix, flags, required, restarts);
    }

    /**
     * Returns this setup for a gateway that can be ended and started again at the same address: see {@link
     * Pushgateway#kill()}, {@link Pushgateway#terminate()} and {@link Pushgateway#restart()}. With the flag {@code
     * --persistence.file=} and a relative name, the gateway keeps its groups.
     */
    public PushgatewaySetup withRestarts() {
        return new PushgatewaySetup(credentials, certificates, clientCertificates, pathPrefix, flags, version, true);
    }

    /** Returns the command-line flags, including the flag of the path prefix. */
    List<String> allFlags() {
        List<String> all = new ArrayList<>(flags);
        if (!pathPrefix.isEmpty()) {
            all.add("--web.route-prefix=" + pathPrefix);
        }
        return all;
    }

    /** Returns whether the flags set a persistence file. The gateway does not accept this flag twice. */
    boolean isPersistent() {
        return flags.stream().anyMatch(flag -> flag.startsWith("--persistence.file"));
    }

    boolean isPlain() {
        return equals(plain().withVersion(version));
    }
}
