package io.github.camelpushgateway.pem;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The decoded content of the files.
 *
 * @param trust trusts the authorities of {@code caFile}, or null for those of the JVM
 * @param keys has the client certificate and its key, or null for none
 */
public record PemMaterial(
        @Nullable TrustManager trust, @Nullable KeyManager keys) {

    private static final char[] NO_PASSWORD = new char[0];

    /** Creates the material of trusted certificates, a key and its chain; each of them may be missing. */
    static PemMaterial of(List<X509Certificate> trusted, @Nullable PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        return new PemMaterial(trusted.isEmpty() ? null : trust(trusted), key == null ? null : keys(key, chain));
    }

    private static TrustManager trust(List<X509Certificate> trusted) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (X509Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers()[0];
    }

    private static KeyManager keys(PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers()[0];
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load((InputStream) null, null);
        return store;
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return "PemMaterial";
    }
}
