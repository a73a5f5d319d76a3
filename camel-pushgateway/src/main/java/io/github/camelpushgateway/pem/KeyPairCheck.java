package io.github.camelpushgateway.pem;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks whether a certificate is that of a private key. */
final class KeyPairCheck {

    private static final int DATA_BYTES = 32;

    /** The curves of signatures in TLS 1.3 (RFC 8446, 4.2.3). */
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");

    private final PrivateKey key;

    KeyPairCheck(PrivateKey key) {
        this.key = key;
    }

    /** Returns why TLS cannot use the key, or null. */
    static @Nullable String unusable(PrivateKey key) {
        if (key instanceof ECKey curve) {
            return hasCurveOfTls(curve)
                    ? null
                    : "has a key of an elliptic curve that TLS does not use; use P-256, P-384 or P-521";
        }
        return switch (key.getAlgorithm()) {
            case "RSA", "RSASSA-PSS", "EdDSA", "Ed25519", "Ed448" -> null;
            default ->
                "has a key with the algorithm " + key.getAlgorithm()
                        + ", which TLS does not use; use RSA, EC (P-256, P-384, P-521) or Ed25519";
        };
    }

    private static boolean hasCurveOfTls(ECKey key) {
        for (String name : CURVES) {
            try {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec(name));
                if (curve.getParameterSpec(ECParameterSpec.class)
                        .getOrder()
                        .equals(key.getParams().getOrder())) {
                    return true;
                }
            } catch (GeneralSecurityException e) {
                // the JVM does not support this curve
            }
        }
        return false;
    }

    /** Returns whether the certificate is that of the key. */
    boolean fits(X509Certificate certificate) {
        PublicKey candidate = certificate.getPublicKey();
        if (key instanceof RSAKey own) {
            return candidate instanceof RSAKey other && own.getModulus().equals(other.getModulus());
        }
        try {
            String algorithm = key instanceof ECKey ? "SHA256withECDSA" : "EdDSA";
            byte[] data = new byte[DATA_BYTES];
            new SecureRandom().nextBytes(data);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(data);
            byte[] signed = signature.sign();
            Signature verification = Signature.getInstance(algorithm);
            verification.initVerify(candidate);
            verification.update(data);
            return verification.verify(signed);
        } catch (GeneralSecurityException e) {
            // the key of the certificate is of another kind
            return false;
        }
    }
}
