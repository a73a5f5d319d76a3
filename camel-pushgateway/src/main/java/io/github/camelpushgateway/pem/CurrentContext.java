package io.github.camelpushgateway.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context for the current content of the files. A request for it reads the files, unless it has just
 * done so. It compares
 * their content, because a file may be replaced by one with the same size and time. If the new content is invalid, the
 * last valid one stays in use.
 */
final class CurrentContext {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentContext.class);

    private final PemFiles files;
    private final PemContextFactory factory;
    private final long intervalNanos;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Loaded loaded;
    private volatile long checked;

    /** The last problem, which has been logged, or null. */
    @Nullable
    private Problem problem;

    private record Loaded(PemFiles.Content content, SSLContext context) {}

    /**
     * A problem with the files.
     *
     * @param content the content, or null if the files could not be read
     */
    private record Problem(PemFiles.@Nullable Content content, String message) {}

    /**
     * Reads the files.
     *
     * @param interval the minimum time between two reads
     * @throws PemException if they cannot be used
     */
    CurrentContext(PemFiles files, PemContextFactory factory, Duration interval)
            throws GeneralSecurityException, IOException {
        this.files = files;
        this.factory = factory;
        intervalNanos = interval.toNanos();
        loaded = loadFirst();
        checked = System.nanoTime();
    }

    /** Returns the context. Only one thread at a time reads the files; the others receive the last context. */
    SSLContext get() {
        if (System.nanoTime() - checked >= intervalNanos && lock.tryLock()) {
            try {
                update();
            } finally {
                checked = System.nanoTime();
                lock.unlock();
            }
        }
        return loaded.context();
    }

    /** Loads the files, a second time if they have changed meanwhile: the certificate may be new, and the key still old. */
    private Loaded loadFirst() throws GeneralSecurityException, IOException {
        PemFiles.Content content = files.read();
        try {
            return load(content);
        } catch (PemException e) {
            PemFiles.Content again = files.read();
            if (again.equals(content)) {
                throw e;
            }
            return load(again);
        }
    }

    private Loaded load(PemFiles.Content content) throws GeneralSecurityException, IOException {
        return new Loaded(content, factory.create(PemDecoder.decode(files, content)));
    }

    private void update() {
        Problem found = null;
        // a second time if the files are replaced meanwhile
        for (int i = 0; i < 2; i++) {
            Problem last = found;
            found = tryUpdate();
            if (found == null || (last != null && last.equals(found))) {
                break;
            }
        }
        if (found != null && !found.equals(problem)) {
            LOG.warn("The changed TLS files are not used, and the previous ones stay in use: {}", found.message());
        }
        problem = found;
    }

    /** Uses the files if they have changed, and returns the problem with them, or null. */
    private @Nullable Problem tryUpdate() {
        PemFiles.Content content = null;
        try {
            content = files.read();
            if (content.equals(loaded.content())) {
                return null;
            }
            if (problem != null && content.equals(problem.content())) {
                return problem;
            }
            loaded = load(content);
            LOG.info("The changed TLS files are in use for new connections: {}", files);
            return null;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return new Problem(content, String.valueOf(e.getMessage()));
        }
    }
}
