package io.github.camelpushgateway.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelpushgateway.testing.LoopbackTls;
import io.github.camelpushgateway.testing.PemIdentities;
import io.github.camelpushgateway.testing.PemIdentities.Identity;
import io.github.camelpushgateway.testing.PemIdentities.KeyFormat;
import io.github.camelpushgateway.testing.PemIdentities.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats of certificates and keys, and the messages about files that cannot be used. */
class PemDecoderTest {

    private static final PemIdentities AUTHORITY = PemIdentities.of(LoopbackTls.certificates());
    private static final Identity EC = AUTHORITY.issue(Kind.EC);
    private static final Identity RSA = AUTHORITY.issue(Kind.RSA);
    private static final Identity ED25519 = AUTHORITY.issue(Kind.ED25519);

    private static final String PASSWORD = "pa55-W0RD";

    /** A part of the keys and certificates below, which no message contains. */
    private static final String CONTENT = "c0ntentC0NTENT";

    @TempDir
    Path folder;

    static Stream<Arguments> keys() {
        List<Arguments> keys = new ArrayList<>();
        for (KeyFormat format : KeyFormat.values()) {
            if (format != KeyFormat.WITH_PARAMETERS) {
                keys.add(Arguments.of("RSA " + format, RSA, format));
            }
            keys.add(Arguments.of("EC " + format, EC, format));
        }
        keys.add(Arguments.of("Ed25519", ED25519, KeyFormat.PKCS8));
        keys.add(Arguments.of("Ed25519 encrypted", ED25519, KeyFormat.PKCS8_ENCRYPTED));
        return keys.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void keyIsAccepted(String name, Identity identity, KeyFormat format) {
        PemFolder files = new PemFolder(folder)
                .password(PASSWORD)
                .write("tls.crt", identity.certificatePem())
                .write("tls.key", identity.keyPem(format, PASSWORD));

        assertThatCode(files::context).doesNotThrowAnyException();
    }

    @Test
    void textsAndLineEndsOfOtherSystemsAreAccepted() {
        PemFolder files = new PemFolder(folder)
                .write("ca.crt", "\uFEFF# Gateway CA\r\n" + AUTHORITY.caPem().replace("\n", "\r\n") + "# end")
                .write(
                        "tls.crt",
                        "Bag Attributes\n    localKeyID: 01\n"
                                + EC.certificatePem().strip())
                .write("tls.key", "\n\n" + EC.keyPem() + "\n\n");

        assertThatCode(files::context).doesNotThrowAnyException();
    }

    static Stream<Arguments> invalidFiles() {
        String ca = AUTHORITY.caPem();
        String crt = EC.certificatePem();
        String key = EC.keyPem();
        String encrypted = EC.keyPem(KeyFormat.PKCS8_ENCRYPTED, "another");
        String begin = "-----BEGIN PRIVATE KEY-----\n";
        return Stream.of(
                invalid("empty", " \n", crt, key, "caFile ca.crt is empty; write a certificate in PEM"),
                invalid(
                        "no PEM",
                        CONTENT,
                        crt,
                        key,
                        "caFile ca.crt is not PEM: it has no line -----BEGIN CERTIFICATE-----"),
                invalid(
                        "binary",
                        "0\u0082" + CONTENT,
                        crt,
                        key,
                        "caFile ca.crt is not PEM, but binary; convert it from DER or PKCS#12 with openssl"),
                invalid(
                        "key instead of certificate",
                        ca,
                        key,
                        key,
                        "certFile tls.crt contains no certificate, but PRIVATE KEY"),
                invalid(
                        "PKCS#7",
                        crt.replace("CERTIFICATE", "PKCS7"),
                        crt,
                        key,
                        "caFile ca.crt contains no certificate, but PKCS7"),
                invalid(
                        "certificate cut off",
                        ca + crt.substring(0, 200),
                        crt,
                        key,
                        "caFile ca.crt ends within certificate 2; write the whole file"),
                invalid(
                        "certificate before another one cut off",
                        crt.substring(0, 200) + "\n" + ca,
                        crt,
                        key,
                        "caFile ca.crt ends within certificate 1; write the whole file"),
                invalid(
                        "certificate with other bytes",
                        ca + "-----BEGIN CERTIFICATE-----\n" + CONTENT + "\n-----END CERTIFICATE-----\n",
                        crt,
                        key,
                        "caFile ca.crt has a certificate that cannot be decoded, certificate 2; replace it by an X.509"
                                + " certificate"),
                invalid(
                        "certificate instead of key",
                        ca,
                        crt,
                        crt,
                        "keyFile tls.key contains no private key, but CERTIFICATE"),
                invalid(
                        "key cut off",
                        ca,
                        crt,
                        key.substring(0, 100),
                        "keyFile tls.key ends within the private key; write the whole file"),
                invalid(
                        "key with other bytes",
                        ca,
                        crt,
                        begin + CONTENT + "\n-----END PRIVATE KEY-----\n",
                        "keyFile tls.key has a private key that cannot be decoded; write it as PKCS#8, PKCS#1 or SEC1"),
                invalid(
                        "another password",
                        ca,
                        crt,
                        encrypted,
                        "keyFile tls.key has a key that cannot be decrypted: keyPassword is wrong, or the encryption is not"
                                + " supported; encrypt it with: openssl pkcs8 -topk8"),
                invalid(
                        "another password of SEC1",
                        ca,
                        crt,
                        EC.keyPem(KeyFormat.TRADITIONAL_ENCRYPTED, "another"),
                        "keyFile tls.key has a key that cannot be decrypted: keyPassword is wrong, or the encryption is not"
                                + " supported; encrypt it with: openssl pkcs8 -topk8"),
                invalid(
                        "OpenSSH",
                        ca,
                        crt,
                        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + CONTENT + "\n-----END OPENSSH PRIVATE KEY-----\n",
                        "keyFile tls.key has a key in the format of OpenSSH; convert it with:"
                                + " ssh-keygen -p -m PKCS8 -f FILE"),
                invalid(
                        "key in a security module",
                        ca,
                        crt,
                        "-----BEGIN TSS2 PRIVATE KEY-----\n" + CONTENT + "\n-----END TSS2 PRIVATE KEY-----\n",
                        "keyFile tls.key has a key of the kind TSS2 PRIVATE KEY, which is not supported; convert it to"
                                + " PKCS#8 (PRIVATE KEY)"),
                invalid(
                        "another key",
                        ca,
                        crt,
                        AUTHORITY.issue(Kind.EC).keyPem(),
                        "certFile tls.crt is not the certificate of the key in keyFile tls.key; set both to the same"
                                + " pair, or wait until both are replaced"),
                invalid(
                        "key of another kind",
                        ca,
                        crt,
                        ED25519.keyPem(),
                        "certFile tls.crt is not the certificate of the key in keyFile tls.key; set both to the same"
                                + " pair, or wait until both are replaced"),
                invalid(
                        "chain in the wrong order",
                        ca,
                        ca + crt,
                        key,
                        "certFile tls.crt has the certificate of the key as certificate 2; put it first, before those"
                                + " of the authorities"));
    }

    private static Arguments invalid(String name, String ca, String crt, String key, String message) {
        return Arguments.of(name, ca, crt, key, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidFiles")
    void messageNamesFileAndProblem(String name, String ca, String crt, String key, String message) {
        PemFolder files = new PemFolder(folder)
                .password(PASSWORD)
                .write("ca.crt", ca)
                .write("tls.crt", crt)
                .write("tls.key", key);

        assertThatThrownBy(files::context)
                .isInstanceOf(PemException.class)
                .hasMessage(message)
                .satisfies(failure -> assertThat(trace(failure)).doesNotContain(CONTENT, PASSWORD));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void encryptedKeyRequiresPassword() {
        PemFolder files = new PemFolder(folder)
                .write("tls.crt", EC.certificatePem())
                .write("tls.key", EC.keyPem(KeyFormat.PKCS8_ENCRYPTED, PASSWORD));

        assertThatThrownBy(files::context).hasMessage("keyFile tls.key has an encrypted key; set keyPassword");
    }

    @Test
    void certificateWithoutKeyIsRejected() {
        PemFolder files = new PemFolder(folder).write("tls.crt", EC.certificatePem());

        assertThatThrownBy(files::context)
                .hasMessage("certFile tls.crt contains no private key; set keyFile to the file of the key");
    }

    @Test
    void algorithmsThatTlsDoesNotUseAreNamed() throws Exception {
        PemFolder files = new PemFolder(folder).write("tls.crt", EC.certificatePem());
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        curve.initialize(new ECGenParameterSpec("secp256k1"));
        KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
        dsa.initialize(1024);

        files.write("tls.key", PemIdentities.pem(curve.generateKeyPair().getPrivate()));
        assertThatThrownBy(files::context)
                .hasMessage("keyFile tls.key has a key of an elliptic curve that TLS does not use; use P-256, P-384"
                        + " or P-521");

        files.write("tls.key", PemIdentities.pem(dsa.generateKeyPair().getPrivate()));
        assertThatThrownBy(files::context)
                .hasMessage("keyFile tls.key has a key with the algorithm DSA, which TLS does not use; use RSA, EC"
                        + " (P-256, P-384, P-521) or Ed25519");
    }
}
