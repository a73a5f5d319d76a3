package io.github.camelpushgateway.options;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * Socket factories, one for each {@link SSLContextParameters} and for each set of PEM files. A connection is reused only
 * with the same socket factory.
 */
public final class TlsFactories {

    private final IdentityHashMap<SSLContextParameters, SSLSocketFactory> factories = new IdentityHashMap<>();
    private final Map<PemOptions, SSLSocketFactory> pemFactories = new HashMap<>();

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

    /**
     * Validates the options of TLS from PEM files, without reading the files.
     *
     * @throws IllegalArgumentException if one is missing, or the library for PEM is missing
     */
    public static void validatePem(
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            @Nullable String keyPassword) {
        PemOptions.of(caFile, certFile, keyFile, keyPassword).validate();
    }

    /**
     * Returns the socket factory for PEM files.
     *
     * @throws GeneralSecurityException if a file cannot be used
     */
    public synchronized SSLSocketFactory ofPem(
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            @Nullable String keyPassword,
            CamelContext context)
            throws GeneralSecurityException, IOException {
        PemOptions options = PemOptions.of(caFile, certFile, keyFile, keyPassword);
        SSLSocketFactory factory = pemFactories.get(options);
        if (factory == null) {
            SSLContextParameters parameters = new SSLContextParameters();
            factory = options.createContext(context, material -> {
                        PemManagers.set(parameters, material);
                        return parameters.createSSLContext(context);
                    })
                    .getSocketFactory();
            pemFactories.put(options, factory);
        }
        return factory;
    }

    /** Removes all factories, so that certificates are read again after a restart. */
    public synchronized void clear() {
        factories.clear();
        pemFactories.clear();
    }
}
