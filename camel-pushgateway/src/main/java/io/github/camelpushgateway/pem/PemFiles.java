package io.github.camelpushgateway.pem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a TLS connection. Without a key file, the file of the certificate also has the key.
 *
 * @param ca the trusted authorities, or null for those of the JVM
 * @param certificate the client certificate, followed by those of its intermediate authorities; or null
 * @param key the private key of the client certificate, or null
 * @param password the password of the key, or null
 */
public record PemFiles(
        @Nullable PemFile ca,
        @Nullable PemFile certificate,
        @Nullable PemFile key,
        @Nullable String password) {

    /** The content of the files. */
    record Content(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key) {

        /** Returns a text without the content. */
        @Override
        public String toString() {
            return "Content";
        }
    }

    /**
     * Validates a combination of options.
     *
     * @throws IllegalArgumentException if an option is missing; the message contains no secret
     */
    public static void validate(@Nullable String certFile, @Nullable String keyFile, @Nullable String keyPassword) {
        if (keyFile != null && certFile == null) {
            throw new IllegalArgumentException(
                    "keyFile is set, but certFile is not; set certFile to the certificate of this key");
        }
        if (keyPassword != null && certFile == null) {
            throw new IllegalArgumentException(
                    "keyPassword is set, but certFile is not; set certFile and keyFile to the certificate and its key");
        }
    }

    /** Returns the file with the key of the client certificate, or null if there is no client certificate. */
    @Nullable
    PemFile fileOfKey() {
        return key == null ? certificate : key;
    }

    /**
     * Reads the files.
     *
     * @throws PemException if one of them cannot be read
     */
    Content read() throws PemException {
        String certificates = certificate == null ? null : certificate.read();
        return new Content(ca == null ? null : ca.read(), certificates, key == null ? certificates : key.read());
    }

    /** Returns the options and the locations. */
    @Override
    public String toString() {
        List<String> files = new ArrayList<>();
        for (PemFile file : new PemFile[] {ca, certificate, key}) {
            if (file != null) {
                files.add(file.toString());
            }
        }
        return String.join(", ", files);
    }
}
