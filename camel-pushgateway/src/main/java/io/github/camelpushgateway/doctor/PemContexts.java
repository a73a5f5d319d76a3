package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.pem.PemContext;
import io.github.camelpushgateway.pem.PemException;
import io.github.camelpushgateway.pem.PemFile;
import io.github.camelpushgateway.pem.PemFiles;
import io.github.camelpushgateway.pem.PemLibrary;
import io.github.camelpushgateway.pem.PemMaterial;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS from PEM files, without the resources of Camel. */
final class PemContexts {

    static final String BASE64 = "base64:";
    private static final String FILE = "file:";

    private PemContexts() {}

    /**
     * Returns the files of the options, or null if none is set.
     *
     * @throws IllegalArgumentException if an option is invalid or missing; the message contains no secret
     */
    static @Nullable PemFiles files(
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            @Nullable String keyPassword) {
        if (caFile == null && certFile == null && keyFile == null && keyPassword == null) {
            return null;
        }
        PemFiles.validate(certFile, keyFile, keyPassword);
        PemLibrary.check();
        return new PemFiles(file("caFile", caFile), file("certFile", certFile), file("keyFile", keyFile), keyPassword);
    }

    private static @Nullable PemFile file(String option, @Nullable String location) {
        if (location == null) {
            return null;
        }
        if (location.startsWith(BASE64)) {
            return new PemFile(option, BASE64 + "...", false, () -> decoded(location));
        }
        if (location.startsWith(FILE)) {
            return new PemFile(option, location, true, () -> open(location.substring(FILE.length())));
        }
        throw new IllegalArgumentException(
                option + " is not a file; write it as file:PATH, which is the only kind of resource of this check");
    }

    private static InputStream decoded(String location) throws IOException {
        try {
            return new ByteArrayInputStream(Base64.getDecoder().decode(location.substring(BASE64.length())));
        } catch (IllegalArgumentException e) {
            throw new IOException("it is not valid Base64", e);
        }
    }

    private static InputStream open(String path) throws IOException {
        try {
            return Files.newInputStream(Path.of(path));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new FileNotFoundException();
        } catch (AccessDeniedException e) {
            throw new IOException("access denied", e);
        }
    }

    /**
     * Creates a context from the files.
     *
     * @throws StepException if a file cannot be used
     */
    static SSLContext create(PemFiles files) throws StepException {
        try {
            return PemContext.create(files, PemContexts::context);
        } catch (PemException e) {
            throw new StepException("tls", String.valueOf(e.getMessage()), "");
        } catch (GeneralSecurityException | IOException e) {
            throw new StepException("tls", "the JVM cannot use the files " + files + ": " + e, "");
        }
    }

    private static SSLContext context(PemMaterial material) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                material.keys() == null ? null : new KeyManager[] {material.keys()},
                material.trust() == null ? null : new TrustManager[] {material.trust()},
                null);
        return context;
    }
}
