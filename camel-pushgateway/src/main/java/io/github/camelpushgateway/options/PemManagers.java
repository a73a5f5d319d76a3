package io.github.camelpushgateway.options;

import io.github.camelpushgateway.pem.PemMaterial;
import javax.net.ssl.KeyManager;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Sets the content of PEM files on Camel's TLS parameters. */
public final class PemManagers {

    private PemManagers() {}

    /** Replaces the trust manager and the key manager of the parameters; null stands for those of the JVM. */
    public static void set(SSLContextParameters parameters, PemMaterial material) {
        TrustManagersParameters trust = null;
        if (material.trust() != null) {
            trust = new TrustManagersParameters();
            trust.setTrustManager(material.trust());
        }
        parameters.setTrustManagers(trust);
        KeyManager keys = material.keys();
        parameters.setKeyManagers(keys == null ? null : new FixedKeys(keys));
    }

    /** Returns a key manager that exists already. */
    private static final class FixedKeys extends KeyManagersParameters {

        private final KeyManager keys;

        FixedKeys(KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public KeyManager[] createKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
