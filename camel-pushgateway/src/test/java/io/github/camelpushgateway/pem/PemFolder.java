package io.github.camelpushgateway.pem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** A folder with PEM files, of which each context reads the current content. */
final class PemFolder {

    private final Path folder;

    @Nullable
    private String password;

    PemFolder(Path folder) {
        this.folder = folder;
    }

    PemFolder write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PemFolder password(String keyPassword) {
        password = keyPassword;
        return this;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    private @Nullable PemFile file(String option, String name) {
        Path path = folder.resolve(name);
        return Files.exists(path)
                ? new PemFile(option, name, true, () -> {
                    if (!Files.exists(path)) {
                        throw new FileNotFoundException();
                    }
                    return Files.newInputStream(path);
                })
                : null;
    }

    /** Returns a context of the files that exist: ca.crt, tls.crt and tls.key. */
    SSLContext context() throws GeneralSecurityException, IOException {
        PemFiles files = new PemFiles(
                file("caFile", "ca.crt"), file("certFile", "tls.crt"), file("keyFile", "tls.key"), password);
        return PemContext.create(files, PemFolder::create, Duration.ZERO);
    }

    private static SSLContext create(PemMaterial material) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                material.keys() == null ? null : new KeyManager[] {material.keys()},
                material.trust() == null ? null : new TrustManager[] {material.trust()},
                null);
        return context;
    }
}
