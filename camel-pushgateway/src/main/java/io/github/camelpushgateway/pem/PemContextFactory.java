package io.github.camelpushgateway.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A factory of TLS contexts for the content of PEM files. */
@FunctionalInterface
public interface PemContextFactory {

    /** Returns a context that uses the managers of the material, and those of the JVM where there is none. */
    SSLContext create(PemMaterial material) throws GeneralSecurityException, IOException;
}
