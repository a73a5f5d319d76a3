package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files for {@code --web.config.file} by name: see the <a
 * href="https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md">web configuration</a>.
 */
final class WebConfig {

    static final String NAME = "web.yml";
    /** Lowest cost that BCrypt supports: these passwords protect nothing. */
    private static final int BCRYPT_COST = 4;

    @Nullable
    private String basicAuthUser;

    @Nullable
    private String certificatePem;

    @Nullable
    private String privateKeyPem;

    @Nullable
    private String clientCaPem;

    void basicAuth(String username, String password) {
        String hash = BCrypt.withDefaults().hashToString(BCRYPT_COST, password.toCharArray());
        basicAuthUser = "  " + quoted(username) + ": " + quoted(hash) + "\n";
    }

    void tls(String certificate, String privateKey) {
        certificatePem = certificate;
        privateKeyPem = privateKey;
    }

    void clientCa(String ca) {
        clientCaPem = ca;
    }

    boolean isEmpty() {
        return basicAuthUser == null && certificatePem == null;
    }

    boolean isTls() {
        return certificatePem != null;
    }

    /**
     * Returns the contents of the files by name. The file {@link #NAME} refers to the others, which are in the same
     * folder.
     */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder yaml = new StringBuilder();
        if (certificatePem != null && privateKeyPem != null) {
            files.put("server.crt", certificatePem.getBytes(UTF_8));
            files.put("server.key", privateKeyPem.getBytes(UTF_8));
            yaml.append("tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n");
            if (clientCaPem != null) {
                files.put("client-ca.crt", clientCaPem.getBytes(UTF_8));
                yaml.append("  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: client-ca.crt\n");
            }
        }
        if (basicAuthUser != null) {
            yaml.append("basic_auth_users:\n").append(basicAuthUser);
        }
        files.put(NAME, yaml.toString().getBytes(UTF_8));
        return files;
    }

    /** Returns a YAML string in double quotes. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static WebConfig of(PushgatewaySetup setup) {
        WebConfig config = new WebConfig();
        var credentials = setup.credentials();
        if (credentials != null) {
            config.basicAuth(credentials.username(), credentials.password());
        }
        var certificates = setup.certificates();
        if (certificates != null) {
            config.tls(certificates.serverCertificatePem(), certificates.serverKeyPem());
            if (setup.clientCertificates()) {
                config.clientCa(certificates.caPem());
            }
        }
        return config;
    }
}
