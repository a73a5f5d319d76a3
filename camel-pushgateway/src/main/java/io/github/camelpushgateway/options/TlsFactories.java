package io.github.camelpushgateway.options;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.IdentityHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Socket factories, one for each {@link SSLContextParameters}. A connection is reused only with the same socket
 * factory.
 */
public final class TlsFactories {

    private final IdentityHashMap<SSLContextParameters, SSLSocketFactory> factories = new IdentityHashMap<>();

    /** Returns the socket factory for the parameters. */
    public synchronized SSLSocketFactory of(SSLContextParameters parameters, CamelContext context)
            throws GeneralSecurityException, IOException {
        SSLSocketFactory factory = factories.get(parameters);
        if (factory == null) {
            factory = parameters.createSSLContext(context).getSocketFactory();
            factories.put(parameters, factory);
        }
        return factory;
    }

    /** Removes all factories, so that certificates are read again after a restart. */
    public synchronized void clear() {
        factories.clear();
    }
}
