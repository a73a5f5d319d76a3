package io.github.camelpushgateway.pem;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS context from PEM files. If they change, new connections use the new content, without a restart. A new connection
 * reads the files, at most once a second. Open connections are not affected. The sessions of the old content are not resumed.
 */
public final class PemContext extends SSLContext {

    /** The minimum time between two reads of the files. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private PemContext(CurrentContext current, SSLContext first) {
        super(new Delegation(current), first.getProvider(), first.getProtocol());
    }

    /**
     * Reads the files, and creates a context.
     *
     * @param factory creates the context for the content of the files, and a new one each time it has changed
     * @throws PemException if a file cannot be used
     * @throws IllegalArgumentException if the library for PEM is missing
     */
    public static SSLContext create(PemFiles files, PemContextFactory factory)
            throws GeneralSecurityException, IOException {
        return create(files, factory, INTERVAL);
    }

    /** Creates a context that reads the files again after another time. */
    static SSLContext create(PemFiles files, PemContextFactory factory, Duration interval)
            throws GeneralSecurityException, IOException {
        PemLibrary.check();
        CurrentContext current = new CurrentContext(files, factory, interval);
        return new PemContext(current, current.get());
    }

    /** Passes all calls on to the current context. */
    private static final class Delegation extends SSLContextSpi {

        private final CurrentContext current;

        Delegation(CurrentContext current) {
            this.current = current;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context is already initialized from PEM files");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(current);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return current.get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return current.get().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return current.get().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return current.get().getSupportedSSLParameters();
        }
    }

    /** Creates each socket with the current context. */
    private static final class Sockets extends SSLSocketFactory {

        private final CurrentContext current;

        Sockets(CurrentContext current) {
            this.current = current;
        }

        private SSLSocketFactory factory() {
            return current.get().getSocketFactory();
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory().getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory().getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return factory().createSocket();
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return factory().createSocket(socket, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return factory().createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return factory().createSocket(host, port, localHost, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return factory().createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
                throws IOException {
            return factory().createSocket(host, port, localHost, localPort);
        }
    }
}
