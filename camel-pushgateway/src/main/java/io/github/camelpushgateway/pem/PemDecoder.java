package io.github.camelpushgateway.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes the content of the files. */
final class PemDecoder {

    private static final Set<String> KEYS =
            Set.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY");

    /** The first byte of DER, which PKCS#12 also uses. */
    private static final char DER = 0x30;

    private PemDecoder() {}

    /**
     * Decodes the content.
     *
     * @throws PemException if a file cannot be used, or the certificate is not that of the key
     */
    static PemMaterial decode(PemFiles files, PemFiles.Content content) throws GeneralSecurityException, IOException {
        List<X509Certificate> trusted = certificates(files.ca(), content.ca());
        List<X509Certificate> chain = certificates(files.certificate(), content.certificate());
        PemFile keyFile = files.fileOfKey();
        String keyText = content.key();
        if (keyFile == null || keyText == null) {
            return PemMaterial.of(trusted, null, chain);
        }
        PrivateKey key = key(files, keyFile, keyText);
        validatePair(files, keyFile, new KeyPairCheck(key), chain);
        return PemMaterial.of(trusted, key, chain);
    }

    private static List<X509Certificate> certificates(@Nullable PemFile file, @Nullable String text)
            throws PemException {
        if (file == null || text == null) {
            return List.of();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.of(text)) {
            if (block.isCertificate()) {
                int number = certificates.size() + 1;
                if (!block.isComplete()) {
                    throw file.failure("ends within certificate " + number + "; write the whole file");
                }
                try {
                    certificates.addAll(PemLibrary.certificates(block));
                } catch (RuntimeException e) {
                    throw file.failure("has a certificate that cannot be decoded, certificate " + number
                            + "; replace it by an X.509 certificate");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw withoutBlock(file, text, "certificate", "CERTIFICATE");
        }
        return certificates;
    }

    private static PrivateKey key(PemFiles files, PemFile file, String text) throws PemException {
        for (PemBlock block : PemBlock.of(text)) {
            if (block.isKey()) {
                return key(file, block, files.password());
            }
        }
        throw files.key() == null
                ? file.failure("contains no private key; set keyFile to the file of the key")
                : withoutBlock(file, text, "private key", "PRIVATE KEY");
    }

    private static PrivateKey key(PemFile file, PemBlock block, @Nullable String password) throws PemException {
        if (!block.isComplete()) {
            throw file.failure("ends within the private key; write the whole file");
        }
        if (block.label().startsWith("OPENSSH")) {
            throw file.failure("has a key in the format of OpenSSH; convert it with: ssh-keygen -p -m PKCS8 -f FILE");
        }
        if (!KEYS.contains(block.label())) {
            throw file.failure("has a key of the kind " + block.label()
                    + ", which is not supported; convert it to PKCS#8 (PRIVATE KEY)");
        }
        if (block.isEncrypted() && password == null) {
            throw file.failure("has an encrypted key; set keyPassword");
        }
        PrivateKey key;
        try {
            key = PemLibrary.privateKey(block, password);
        } catch (RuntimeException e) {
            throw file.failure(undecodedKey(block, e));
        }
        String unusable = KeyPairCheck.unusable(key);
        if (unusable != null) {
            throw file.failure(unusable);
        }
        return key;
    }

    private static String undecodedKey(PemBlock block, RuntimeException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NoSuchAlgorithmException) {
                return "has a key or an encryption with an algorithm that the JVM does not support; use RSA, EC (P-256,"
                        + " P-384, P-521) or Ed25519, and AES";
            }
        }
        return block.isEncrypted()
                ? "has a key that cannot be decrypted: keyPassword is wrong, or the encryption is not supported; encrypt it"
                        + " with: openssl pkcs8 -topk8"
                : "has a private key that cannot be decoded; write it as PKCS#8, PKCS#1 or SEC1";
    }

    private static void validatePair(PemFiles files, PemFile keyFile, KeyPairCheck check, List<X509Certificate> chain)
            throws PemException {
        PemFile certificate = files.certificate();
        if (certificate == null || check.fits(chain.get(0))) {
            return;
        }
        for (int i = 1; i < chain.size(); i++) {
            if (check.fits(chain.get(i))) {
                throw certificate.failure("has the certificate of the key as certificate " + (i + 1)
                        + "; put it first, before those of the authorities");
            }
        }
        throw certificate.failure("is not the certificate of the key in " + keyFile
                + "; set both to the same pair, or wait until both are replaced");
    }

    private static PemException withoutBlock(PemFile file, String text, String kind, String label) {
        if (text.isBlank()) {
            return file.failure("is empty; write a " + kind + " in PEM");
        }
        Set<String> labels = new LinkedHashSet<>();
        for (PemBlock block : PemBlock.of(text)) {
            labels.add(block.label());
        }
        if (!labels.isEmpty()) {
            return file.failure("contains no " + kind + ", but " + String.join(", ", labels));
        }
        return file.failure(
                text.charAt(0) == DER
                        ? "is not PEM, but binary; convert it from DER or PKCS#12 with openssl"
                        : "is not PEM: it has no line -----BEGIN " + label + "-----");
    }
}
