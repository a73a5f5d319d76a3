package io.github.camelpushgateway.pem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.camelpushgateway.LogCapture;
import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.PemIdentities;
import io.github.camelpushgateway.testing.PemIdentities.Identity;
import io.github.camelpushgateway.testing.PemIdentities.KeyFormat;
import io.github.camelpushgateway.testing.PemIdentities.Kind;
import io.github.camelpushgateway.testing.TlsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts from PEM files, on a server that accepts the certificates of one authority: their rotation. */
class PemContextTest {

    private static final PemIdentities AUTHORITY = PemIdentities.of(LoopbackTls.certificates());
    private static final Identity FIRST = issue("first");
    private static final Identity SECOND = issue("second");

    @TempDir
    Path folder;

    private PemFolder files;
    private TlsServer server;
    private LogCapture log;

    private static Identity issue(String name) {
        return AUTHORITY.issue(Kind.EC, name, Instant.now().plus(Duration.ofDays(1)));
    }

    @BeforeEach
    void start() throws IOException {
        files = new PemFolder(folder);
        server = new TlsServer(LoopbackTls.serverContext(), (SSLServerSocket socket) -> socket.setNeedClientAuth(true));
        log = LogCapture.of(CurrentContext.class, Level.INFO);
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        server.close();
    }

    private void write(Identity identity) {
        files.write("ca.crt", AUTHORITY.caPem())
                .write("tls.crt", identity.certificatePem())
                .write("tls.key", identity.keyPem());
    }

    /** Sends a request on a new connection. Returns the session as the server has recorded it. */
    private TlsServer.Session connect(SSLContext context) throws IOException {
        int before = server.sessions().size();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        return server.sessions().get(before);
    }

    private String client(SSLContext context) throws IOException {
        return connect(context).client().replace("CN=camel-pushgateway test ", "");
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    @Test
    void newConnectionUsesChangedFiles() throws Exception {
        write(FIRST);
        SSLContext context = files.context();
        assertThat(client(context)).isEqualTo("first");

        write(SECOND);

        assertThat(client(context)).isEqualTo("second");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("INFO", "caFile ca.crt, certFile tls.crt, keyFile tls.key");
    }

    @Test
    void sessionOfPreviousFilesIsNotResumed() throws Exception {
        write(FIRST);
        SSLContext context = files.context();
        connect(context);
        assertThat(client(context)).isEqualTo("first");
        Identity renewed = issue("first");

        write(renewed);
        long before = connect(context).created();

        // the session of the new files is resumed
        assertThat(connect(context).created()).isGreaterThanOrEqualTo(before);
        assertThat(server.sessions()).hasSize(4);
        assertThat(context.getClientSessionContext().getIds().hasMoreElements()).isTrue();
    }

    /** Kubernetes replaces the folder that the files are links to. */
    @Test
    void replacedLinkIsFollowed() throws Exception {
        for (Identity identity : List.of(FIRST, SECOND)) {
            Path version = Files.createDirectory(folder.resolve("..version-" + (identity.equals(FIRST) ? 1 : 2)));
            Files.writeString(version.resolve("ca.crt"), AUTHORITY.caPem());
            Files.writeString(version.resolve("tls.crt"), identity.certificatePem());
            Files.writeString(version.resolve("tls.key"), identity.keyPem());
        }
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..version-1"));
        for (String name : List.of("ca.crt", "tls.crt", "tls.key")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        SSLContext context = files.context();
        assertThat(client(context)).isEqualTo("first");

        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..version-2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

        assertThat(client(context)).isEqualTo("second");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void certificateWithoutItsKeyKeepsPreviousPair() throws Exception {
        write(FIRST);
        SSLContext context = files.context();

        files.write("tls.crt", SECOND.certificatePem());
        assertThat(client(context)).isEqualTo("first");
        files.write("tls.key", SECOND.keyPem());
        assertThat(client(context)).isEqualTo("second");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("certFile tls.crt is not the certificate of the key in keyFile tls.key");
    }

    @Test
    void eachBrokenContentIsLoggedOnce() throws Exception {
        write(FIRST);
        SSLContext context = files.context();

        files.write("tls.crt", "s3cret");
        assertThat(client(context)).isEqualTo("first");
        assertThat(client(context)).isEqualTo("first");
        assertThat(warnings()).hasSize(1);

        files.write("tls.crt", "");
        assertThat(client(context)).isEqualTo("first");
        assertThat(client(context)).isEqualTo("first");
        assertThat(warnings()).hasSize(2);

        Files.delete(files.path("tls.crt"));
        assertThat(client(context)).isEqualTo("first");
        assertThat(client(context)).isEqualTo("first");
        assertThat(warnings()).hasSize(3);

        write(FIRST);
        assertThat(client(context)).isEqualTo("first");
        files.write("tls.crt", "s3cret");
        assertThat(client(context)).isEqualTo("first");
        assertThat(warnings())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("certFile tls.crt is not PEM", "the previous ones stay in use"),
                        line -> assertThat(line).contains("certFile tls.crt is empty"),
                        line -> assertThat(line).contains("certFile tls.crt does not exist"),
                        line -> assertThat(line).contains("certFile tls.crt is not PEM"));
        assertThat(log.lines()).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void changedAuthorityIsUsed() throws Exception {
        write(FIRST);
        SSLContext context = files.context();
        connect(context);
        PemIdentities foreign = AUTHORITY.intermediate();

        files.write("ca.crt", foreign.caPem());
        assertThatThrownBy(() -> connect(context)).isInstanceOf(SSLHandshakeException.class);

        files.write("ca.crt", foreign.caPem() + AUTHORITY.caPem());
        assertThat(client(context)).isEqualTo("first");
    }

    /** Other HTTP clients create an engine instead of a socket. */
    @Test
    void engineUsesChangedFiles() throws Exception {
        write(FIRST);
        SSLContext context = files.context();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port()))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);

        write(SECOND);
        assertThat(HttpClient.newBuilder()
                        .sslContext(context)
                        .build()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.sessions())
                .extracting(TlsServer.Session::client)
                .containsExactly("CN=camel-pushgateway test first", "CN=camel-pushgateway test second");
    }

    @Test
    void chainWithIntermediateAuthorityIsSent() throws Exception {
        PemIdentities intermediate = AUTHORITY.intermediate();
        Identity issued = intermediate.issue(Kind.EC);
        files.write("ca.crt", AUTHORITY.caPem())
                .write("tls.crt", issued.certificatePem() + intermediate.caPem())
                .write("tls.key", issued.keyPem());

        assertThat(client(files.context())).isEqualTo("client");
    }

    @Test
    void certificateAndKeyMayBeInOneFile() throws Exception {
        files.write("ca.crt", AUTHORITY.caPem())
                .password("pa55-w0rd")
                .write("tls.crt", FIRST.keyPem(KeyFormat.PKCS8_ENCRYPTED, "pa55-w0rd") + FIRST.certificatePem());

        assertThat(client(files.context())).isEqualTo("first");
    }
}
