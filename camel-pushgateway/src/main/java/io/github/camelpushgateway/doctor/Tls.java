package io.github.camelpushgateway.doctor;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The TLS handshake with PEM files or the settings of the JVM, and the causes of its failure. */
final class Tls {

    private static final String STEP = "tls";

    private static final int MAX_NAMES = 5;

    private static final String TRUST =
            "Set caFile to a file with the certificate of this authority in PEM, here and in the application. Or add it"
                    + " to a trust store: here with -Djavax.net.ssl.trustStore=FILE (and"
                    + " javax.net.ssl.trustStorePassword), and in the application with sslContextParameters or camel.ssl.*.";

    private static final String CLIENT_CERTIFICATE =
            "Set certFile and keyFile to the client certificate and its key in PEM, here and in the application. Or use"
                    + " a key store: here with -Djavax.net.ssl.keyStore=FILE and javax.net.ssl.keyStorePassword, and in the"
                    + " application with sslContextParameters or camel.ssl.*.";

    /** The alerts of a server to a missing or unaccepted client certificate: RFC 8446, 6.2. */
    private static final Pattern CLIENT_CERTIFICATE_ALERT = Pattern.compile(
            "alert: (bad_certificate|certificate_required|unsupported_certificate|certificate_revoked|certificate_expired"
                    + "|certificate_unknown|unknown_ca|access_denied)");

    private final String host;
    private final int port;
    private final Duration timeout;

    @Nullable
    private final SSLSocketFactory pem;

    /**
     * Creates a handshake.
     *
     * @param pem creates connections with PEM files, or null for the settings of the JVM
     */
    Tls(String host, int port, Duration timeout, @Nullable SSLSocketFactory pem) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
        this.pem = pem;
    }

    /** Opens a connection for another inspection of the server. */
    @FunctionalInterface
    interface Connection {

        /** Returns a new connection. */
        Socket open() throws StepException;
    }

    /**
     * Performs a handshake, which verifies the certificate and the host name.
     *
     * @return a description of the session
     */
    String handshake(Socket socket, Connection again) throws StepException {
        try {
            SSLSession session = handshake(socket, pem == null ? factory() : pem, true);
            return session.getProtocol() + ", the certificate is trusted and valid until "
                    + until((X509Certificate) session.getPeerCertificates()[0]);
        } catch (StepException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e, again);
        }
    }

    /** Returns whether a server that does not respond to plain HTTP uses TLS. */
    boolean isUsed(Connection connection) {
        return inspect(connection).certificate() != null;
    }

    /** Returns whether a handshake failed because the server does not use TLS. */
    static boolean isPlain(@Nullable Throwable failure) {
        return failure instanceof SSLException
                && String.valueOf(failure.getMessage()).contains("Unsupported or unrecognized SSL message");
    }

    /** Returns the failure for a server that does not use TLS. */
    static StepException notUsed() {
        return new StepException(
                STEP,
                "the server does not use TLS at this port",
                "Write http:// instead of https:// in url, or the port that uses TLS.");
    }

    /**
     * Returns the failure if the server has closed the connection because of the client certificate, or the lack of it,
     * or null.
     */
    @Nullable
    StepException clientCertificate(Throwable failure, Connection again) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String details = String.valueOf(each.getMessage());
            if (each instanceof SSLException
                    && CLIENT_CERTIFICATE_ALERT.matcher(details).find()) {
                return withoutClientCertificate(" (" + details + ")");
            }
        }
        // the alert is lost if the connection breaks while the request is written
        return inspect(again).requestsCertificate() ? withoutClientCertificate("") : null;
    }

    private static StepException withoutClientCertificate(String details) {
        return new StepException(
                STEP,
                "the server requires a client certificate, or does not accept the one that was sent" + details,
                CLIENT_CERTIFICATE);
    }

    private static SSLSocketFactory factory() throws StepException {
        String trustStore = System.getProperty("javax.net.ssl.trustStore", "");
        if (!trustStore.isEmpty() && !trustStore.equals("NONE") && !Files.isReadable(Path.of(trustStore))) {
            // the JVM ignores it
            throw new StepException(
                    STEP,
                    "the trust store " + trustStore + " cannot be read",
                    "Correct the system property javax.net.ssl.trustStore.");
        }
        try {
            return SSLContext.getInstance("Default").getSocketFactory();
        } catch (GeneralSecurityException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new StepException(
                    STEP,
                    "the JVM cannot read its trust store or key store: " + cause.getMessage(),
                    "Check the files and passwords in the system properties javax.net.ssl.*.");
        }
    }

    private SSLSession handshake(Socket socket, SSLSocketFactory factory, boolean verifiesHost) throws Exception {
        try (SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true)) {
            if (verifiesHost) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
            }
            return Deadline.call(timeout, () -> {
                secured.startHandshake();
                return secured.getSession();
            });
        }
    }

    private StepException failure(Exception failure, Connection again) {
        if (failure instanceof SocketTimeoutException) {
            return new StepException(
                    STEP,
                    "the server does not complete the TLS handshake within " + timeout.toMillis() + " ms",
                    "Check that the server at this port uses TLS, and is not overloaded.");
        }
        String details = String.valueOf(failure.getMessage());
        if (isPlain(failure)) {
            return notUsed();
        }
        if (has(failure, "trustAnchors parameter must be non-empty")) {
            return new StepException(
                    STEP,
                    "the trust store of the JVM is empty, or its password is missing",
                    "Check the system properties javax.net.ssl.trustStore and javax.net.ssl.trustStorePassword.");
        }
        return byCertificate(failure, details, again);
    }

    private StepException byCertificate(Exception failure, String details, Connection again) {
        X509Certificate certificate = has(failure, CertificateException.class)
                        || has(failure, "certification path")
                        || has(failure, "No name matching")
                        || has(failure, "No subject alternative")
                ? inspect(again).certificate()
                : null;
        if (certificate != null && has(failure, CertificateExpiredException.class)) {
            return new StepException(
                    STEP,
                    "the certificate of the server or of its authority has expired; that of the server is valid until "
                            + until(certificate),
                    "Renew the certificate of the gateway, and check the clock of this machine.");
        }
        if (certificate != null && has(failure, CertificateNotYetValidException.class)) {
            return new StepException(
                    STEP,
                    "the certificate of the server is not valid yet",
                    "Check the clock of this machine, and the certificate of the gateway.");
        }
        if (certificate != null && (has(failure, "No name matching") || has(failure, "No subject alternative"))) {
            return new StepException(
                    STEP,
                    "the certificate of the server is not valid for the host " + host + ", but for "
                            + names(certificate),
                    "Use one of these names in url, or install a certificate for this host on the gateway.");
        }
        if (certificate != null) {
            return new StepException(
                    STEP,
                    "the certificate of the server is not trusted; its authority is "
                            + certificate.getIssuerX500Principal().getName(),
                    TRUST);
        }
        StepException byClient = clientCertificate(failure, again);
        if (byClient != null) {
            return byClient;
        }
        boolean closed = failure instanceof EOFException
                || (failure instanceof IOException && !(failure instanceof SSLException))
                || details.contains("terminated the handshake");
        return new StepException(
                STEP,
                closed ? "the server closed the connection during the TLS handshake" : "TLS failed: " + details,
                closed
                        ? "Check that the server at this port uses TLS."
                        : "Check the TLS versions and cipher suites of the gateway and of this JVM.");
    }

    private PeerInspection inspect(Connection connection) {
        PeerInspection inspection = new PeerInspection();
        try {
            handshake(connection.open(), inspection.context().getSocketFactory(), false);
        } catch (Exception e) {
            // what was received until then is sufficient
        }
        return inspection;
    }

    private static String until(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().toString().replaceAll("T.*", "");
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return names.stream()
                        .limit(MAX_NAMES)
                        .map(name -> String.valueOf(name.get(1)))
                        .collect(Collectors.joining(", "));
            }
        } catch (CertificateParsingException e) {
            // the subject is shown instead
        }
        return certificate.getSubjectX500Principal().getName();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, String text) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
