package io.github.camelpushgateway.options;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.IdentityHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** One socket factory for each {@link SSLContextParameters}: only with the same one is a connection used again. */
public final class TlsFactories {

    private final IdentityHashMap<SSLContextParameters, SSLSocketFactory> factories = new IdentityHashMap<>();

    public synchronized SSLSocketFactory of(SSLContextParameters parameters, CamelContext context)
            throws GeneralSecurityException, IOException {
        SSLSocketFactory factory = factories.get(parameters);
        if (factory == null) {
            factory = parameters.createSSLContext(context).getSocketFactory();
            factories.put(parameters, factory);
        }
        return factory;
    }

    /** Forgets all, so that what is started again reads its certificates anew. */
    public synchronized void clear() {
        factories.clear();
    }
}
