package io.github.camelpushgateway.pem;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import nl.altindag.ssl.pem.util.PemUtils;
import org.jspecify.annotations.Nullable;

/** The only class that uses the optional library for PEM. */
public final class PemLibrary {

    private PemLibrary() {}

    /**
     * Checks that the library is available.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static void check() {
        try {
            PemUtils.parsePrivateKey("");
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "caFile, certFile and keyFile need the library io.github.hakky54:ayza-for-pem; add it, with its"
                            + " dependencies, or set sslContextParameters instead",
                    e);
        } catch (RuntimeException e) {
            // the library is available, and finds no key in an empty text
        }
    }

    /**
     * Decodes certificates.
     *
     * @throws RuntimeException if they cannot be decoded; the message may contain a part of the block
     */
    static List<X509Certificate> certificates(PemBlock block) {
        return PemUtils.parseCertificate(block.text());
    }

    /**
     * Decodes a private key.
     *
     * @throws RuntimeException if it cannot be decoded or decrypted; the message may contain a part of the block
     */
    static PrivateKey privateKey(PemBlock block, @Nullable String password) {
        return PemUtils.parsePrivateKey(block.text(), password == null ? null : password.toCharArray());
    }
}
