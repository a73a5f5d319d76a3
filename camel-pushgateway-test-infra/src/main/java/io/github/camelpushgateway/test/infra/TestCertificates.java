package io.github.camelpushgateway.test.infra;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificate authority with a server certificate for {@code localhost} and {@code 127.0.0.1}, or for another host,
 * and a client certificate. The JDK's keytool generates new certificates for each instance. They are valid for a
 * week, and for tests only.
 */
public final class TestCertificates {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private final KeyStore store;
    private final byte[] storeBytes;

    private TestCertificates(KeyStore store, byte[] storeBytes) {
        this.store = store;
        this.storeBytes = storeBytes;
    }

    /** Returns new certificates with a server certificate for {@code localhost} and {@code 127.0.0.1}. */
    public static TestCertificates create() {
        return create("dns:localhost,ip:127.0.0.1");
    }

    /**
     * Returns new certificates.
     *
     * @param serverNames the names of the server in the syntax of keytool, such as {@code
     *     dns:example.org,ip:127.0.0.1}
     */
    public static TestCertificates create(String serverNames) {
        try {
            Path folder = Files.createTempDirectory("pushgateway-certificates");
            Path file = folder.resolve("all.p12");
            try {
                generate(folder, file, "ca", "-ext", "bc:c=ca:true");
                generate(folder, file, "server", "-signer", "ca", "-ext", "san=" + serverNames);
                generate(folder, file, "client", "-signer", "ca", "-ext", "eku=clientAuth");
                byte[] bytes = Files.readAllBytes(file);
                return new TestCertificates(KeyStore.getInstance(file.toFile(), PASSWORD), bytes);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the test certificates could not be generated", e);
        }
    }

    private static void generate(Path folder, Path file, String alias, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                // each call starts a short-lived JVM
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=camel-pushgateway test " + alias,
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(options));
        Programs.run(command, folder);
    }

    /** Returns the certificate of the authority in PEM. */
    public String caPem() {
        return certificatePem("ca");
    }

    /** Returns the server certificate in PEM. */
    public String serverCertificatePem() {
        return certificatePem("server");
    }

    /** Returns the private key of the server in PEM (PKCS#8). */
    public String serverKeyPem() {
        return keyPem("server");
    }

    /** Returns the client certificate in PEM. */
    public String clientCertificatePem() {
        return certificatePem("client");
    }

    /** Returns the private key of the client in PEM (PKCS#8). */
    public String clientKeyPem() {
        return keyPem("client");
    }

    /**
     * Returns a PKCS#12 store with all entries (aliases {@code ca}, {@code server}, {@code client}), password {@code
     * changeit}.
     */
    public byte[] pkcs12() {
        return storeBytes.clone();
    }

    /** Returns a context that trusts the authority and presents the client certificate. */
    public SSLContext clientContext() {
        return context("client", true);
    }

    /** Returns a context that trusts the authority and has no certificate. */
    public SSLContext anonymousContext() {
        return context("client", false);
    }

    /** Returns a context for a server, which trusts the authority and has the server certificate. */
    public SSLContext serverContext() {
        return context("server", true);
    }

    private SSLContext context(String alias, boolean presentsCertificate) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load((InputStream) null, null);
            trusted.setCertificateEntry("ca", store.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load((InputStream) null, null);
            if (presentsCertificate) {
                keyStore.setKeyEntry(alias, store.getKey(alias, PASSWORD), PASSWORD, store.getCertificateChain(alias));
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the TLS context could not be created", e);
        }
    }

    private String certificatePem(String alias) {
        try {
            return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keyPem(String alias) {
        try {
            return pem("PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + PEM.encodeToString(bytes) + "\n-----END " + type + "-----\n";
    }

    @Override
    public String toString() {
        return "TestCertificates";
    }
}
