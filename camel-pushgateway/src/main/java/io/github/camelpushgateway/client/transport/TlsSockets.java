package io.github.camelpushgateway.client.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A factory of sockets with TLS on connected sockets. It verifies the name of the host. */
final class TlsSockets {

    private final SSLSocketFactory factory;

    /**
     * Creates a factory.
     *
     * @param factory creates the sockets, or null to use the JVM's system properties
     * @throws SSLException if the JVM cannot provide TLS with its system properties
     */
    TlsSockets(@Nullable SSLSocketFactory factory) throws SSLException {
        this.factory = factory == null ? ofSystemProperties() : factory;
    }

    /**
     * Returns a socket factory that is not the JVM's default factory, which other code may have replaced with one that
     * trusts all certificates.
     */
    private static SSLSocketFactory ofSystemProperties() throws SSLException {
        try {
            return SSLContext.getInstance("Default").getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new SSLException("the JVM cannot provide TLS with its system properties javax.net.ssl", e);
        }
    }

    /** Starts TLS on a socket, and returns the socket with TLS. */
    Socket secure(Origin origin, Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, origin.host(), origin.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        // enables the verification of the host name, which an SSLSocket does not do by default
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
        } catch (SSLException e) {
            if (e.getCause() instanceof CertificateException certificate && isAboutHost(certificate)) {
                throw (IOException)
                        new SSLPeerUnverifiedException("the certificate is not valid for the host " + origin.host())
                                .initCause(e);
            }
            throw e;
        }
        return secured;
    }

    /**
     * Returns whether the certificate is for another host. The JDK has no separate exception for it, so the message
     * decides.
     */
    private static boolean isAboutHost(CertificateException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }
}
