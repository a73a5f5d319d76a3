package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.test.infra.TestCertificates;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** TLS for servers on loopback and their clients, with certificates that are created once per JVM. */
public final class LoopbackTls {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final SSLContext SERVER = CERTIFICATES.serverContext();
    private static final SSLSocketFactory CLIENT = CERTIFICATES.clientContext().getSocketFactory();

    private LoopbackTls() {}

    public static TestCertificates certificates() {
        return CERTIFICATES;
    }

    public static SSLContext serverContext() {
        return SERVER;
    }

    /** Returns a factory of sockets that trust the server. */
    public static SSLSocketFactory client() {
        return CLIENT;
    }
}
