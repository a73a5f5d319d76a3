package io.github.camelpushgateway;

import io.github.camelpushgateway.options.PemManagers;
import io.github.camelpushgateway.options.PemOptions;
import io.github.camelpushgateway.pem.PemMaterial;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * TLS parameters from PEM files, for this component and for others that have {@link SSLContextParameters}, such as
 * {@code http}. It requires the library {@code io.github.hakky54:ayza-for-pem}.
 *
 * <p>The files are resources of Camel, such as {@code file:/etc/tls/tls.crt}. Files that change are read again: the
 * context uses the new content for new connections. If it is invalid, the previous content stays in use, and one line is
 * logged at level WARN. Resources that are not files are read once.
 *
 * <p>All properties of {@link SSLContextParameters} are available except {@code keyManagers} and {@code trustManagers}. The
 * certificate, which may be the content with the key, the key and its password have no getters, because Camel's developer
 * consoles show the properties of beans.
 */
public class PemSslContextParameters extends SSLContextParameters {

    @Nullable
    private String caFile;

    @Nullable
    private String certFile;

    @Nullable
    private String keyFile;

    @Nullable
    private String keyPassword;

    /**
     * Reads the files, and creates a context.
     *
     * @throws IllegalArgumentException if a property is missing or excludes another one, or the library is missing
     * @throws GeneralSecurityException if a file cannot be used; the message names the file and the problem
     */
    @Override
    public SSLContext createSSLContext(CamelContext camelContext) throws GeneralSecurityException, IOException {
        rejectManagers();
        setCamelContext(camelContext);
        PemOptions options = PemOptions.of(
                parsePropertyValue(caFile),
                parsePropertyValue(certFile),
                parsePropertyValue(keyFile),
                parsePropertyValue(keyPassword));
        if (options.caFile() == null && options.certFile() == null && options.keyFile() == null) {
            throw new IllegalArgumentException(
                    "PemSslContextParameters has no file; set caFile, or certFile and keyFile");
        }
        return options.createContext(camelContext, material -> create(camelContext, material));
    }

    private synchronized void rejectManagers() {
        if (getKeyManagers() != null || getTrustManagers() != null) {
            throw new IllegalArgumentException("PemSslContextParameters has "
                    + (getKeyManagers() == null ? "trustManagers" : "keyManagers")
                    + ", which replace its files; remove them, or use SSLContextParameters");
        }
    }

    /** Creates a context. The managers are set only meanwhile. */
    private synchronized SSLContext create(CamelContext camelContext, PemMaterial material)
            throws GeneralSecurityException, IOException {
        PemManagers.set(this, material);
        try {
            return super.createSSLContext(camelContext);
        } finally {
            setKeyManagers(null);
            setTrustManagers(null);
        }
    }

    public @Nullable String getCaFile() {
        return caFile;
    }

    /** Sets the file with the certificates of the trusted authorities. The default is those of the JVM. */
    public void setCaFile(@Nullable String caFile) {
        this.caFile = caFile;
    }

    /** Sets the file with the certificate, followed by those of its intermediate authorities. */
    public void setCertFile(@Nullable String certFile) {
        this.certFile = certFile;
    }

    /** Sets the file with the private key. The default is the file of the certificate, which then has both. */
    public void setKeyFile(@Nullable String keyFile) {
        this.keyFile = keyFile;
    }

    /** Sets the password of an encrypted private key. */
    public void setKeyPassword(@Nullable String keyPassword) {
        this.keyPassword = keyPassword;
    }

    /** Returns a text without the files, because a resource such as {@code base64:} is the key itself. */
    @Override
    public String toString() {
        return "PemSslContextParameters";
    }
}
