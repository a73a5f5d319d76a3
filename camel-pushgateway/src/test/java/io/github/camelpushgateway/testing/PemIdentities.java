package io.github.camelpushgateway.testing;

import io.github.camelpushgateway.test.infra.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.encoders.Hex;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.jspecify.annotations.Nullable;

/** A certificate authority that issues certificates with keys of any kind, in PEM. */
public final class PemIdentities {

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final PrivateKey key;
    private final X509Certificate certificate;

    private PemIdentities(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A kind of key. */
    public enum Kind {
        RSA,
        EC,
        ED25519
    }

    /** A format of a private key. */
    public enum KeyFormat {
        PKCS8,
        PKCS8_ENCRYPTED,
        /** PKCS#1 for RSA, SEC1 for EC. */
        TRADITIONAL,
        TRADITIONAL_ENCRYPTED,
        /** SEC1 after the parameters of the curve, as {@code openssl ecparam -genkey} writes it. */
        WITH_PARAMETERS
    }

    /** A key with its certificate. */
    public record Identity(PrivateKey key, X509Certificate certificate, String certificatePem) {

        /** Returns the key in PKCS#8. */
        public String keyPem() {
            return keyPem(KeyFormat.PKCS8, "");
        }

        /** Returns the key in a format. */
        public String keyPem(KeyFormat format, String password) {
            return switch (format) {
                case PKCS8 -> pem(generator(key, null));
                case PKCS8_ENCRYPTED -> pem(generator(key, password));
                case TRADITIONAL -> pem(traditional(key));
                case TRADITIONAL_ENCRYPTED -> encrypted(traditional(key), password);
                case WITH_PARAMETERS ->
                    "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                            + pem(traditional(key));
            };
        }
    }

    /** Returns the authority of a gateway's certificates. */
    public static PemIdentities of(TestCertificates certificates) {
        try {
            char[] password = "changeit".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(certificates.pkcs12()), password);
            return new PemIdentities(
                    (PrivateKey) store.getKey("ca", password), (X509Certificate) store.getCertificate("ca"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the certificate of the authority. */
    public String caPem() {
        return pem(certificate);
    }

    /** Returns a new client certificate that is valid now. */
    public Identity issue(Kind kind) {
        return issue(kind, "client", Instant.now().plus(Duration.ofDays(1)));
    }

    /** Returns a new client certificate that is no longer valid. */
    public Identity issueExpired() {
        return issue(Kind.EC, "expired", Instant.now().minus(Duration.ofHours(1)));
    }

    /** Returns a new certificate for a client, or for a server on loopback. */
    public Identity issue(Kind kind, String name, Instant end) {
        KeyPair pair = generate(kind);
        X509Certificate issued = sign(pair, name, end, false);
        return new Identity(pair.getPrivate(), issued, pem(issued));
    }

    /** Returns an intermediate authority, whose certificate is issued by this one. */
    public PemIdentities intermediate() {
        KeyPair pair = generate(Kind.EC);
        return new PemIdentities(
                pair.getPrivate(), sign(pair, "intermediate", Instant.now().plus(Duration.ofDays(1)), true));
    }

    private X509Certificate sign(KeyPair pair, String name, Instant end, boolean isAuthority) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(Instant.now().minus(Duration.ofDays(2))),
                    Date.from(end),
                    new X500Name("CN=camel-pushgateway test " + name),
                    pair.getPublic());
            if (isAuthority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                }));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair generate(Kind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind == Kind.ED25519 ? "Ed25519" : kind.name());
            if (kind != Kind.ED25519) {
                generator.initialize(kind == Kind.RSA ? 2048 : 256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JcaPKCS8Generator generator(PrivateKey key, @Nullable String password) {
        try {
            return new JcaPKCS8Generator(
                    key,
                    password == null
                            ? null
                            : new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(PROVIDER)
                                    .setPassword(password.toCharArray())
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the structure of PKCS#1 or SEC1, the latter with the curve as OpenSSL writes it. */
    private static PemObject traditional(PrivateKey key) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            if (!(key instanceof java.security.interfaces.ECPrivateKey)) {
                return new PemObject(
                        "RSA PRIVATE KEY",
                        info.parsePrivateKey().toASN1Primitive().getEncoded());
            }
            ECPrivateKey value = ECPrivateKey.getInstance(info.parsePrivateKey());
            return new PemObject(
                    "EC PRIVATE KEY",
                    new ECPrivateKey(
                                    256,
                                    value.getKey(),
                                    info.getPrivateKeyAlgorithm().getParameters())
                            .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encrypted(PemObject object, String password) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            PEMEncryptor encryptor = new JcePEMEncryptorBuilder("AES-256-CBC")
                    .setProvider(PROVIDER)
                    .build(password.toCharArray());
            List<PemHeader> headers = List.of(
                    new PemHeader("Proc-Type", "4,ENCRYPTED"),
                    new PemHeader(
                            "DEK-Info",
                            encryptor.getAlgorithm()
                                    + ','
                                    + Hex.toHexString(encryptor.getIV()).toUpperCase(Locale.ROOT)));
            writer.writeObject((PemObjectGenerator)
                    new PemObject(object.getType(), headers, encryptor.encrypt(object.getContent())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns a certificate or a key in PEM. */
    public static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
