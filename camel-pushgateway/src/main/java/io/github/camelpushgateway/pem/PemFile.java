package io.github.camelpushgateway.pem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A file, or another resource, with certificates or a key. */
public final class PemFile {

    private static final int MAX_BYTES = 10_000_000;

    private final String name;
    private final boolean changes;
    private final Source source;

    /** The content of a resource that does not change. */
    @Nullable
    private String fixed;

    /** Opens the resource. */
    @FunctionalInterface
    public interface Source {

        /**
         * Returns the content.
         *
         * @throws FileNotFoundException if it does not exist; the message says what to do, or is null
         * @throws IOException if it cannot be read; the message says why, without the content
         */
        InputStream open() throws IOException;
    }

    /**
     * Creates a file.
     *
     * @param option the option that names the file, such as {@code caFile}
     * @param location where the file is, without secrets
     * @param changes whether the content may change, so that it is read more than once
     * @param source opens the file
     */
    public PemFile(String option, String location, boolean changes, Source source) {
        name = option + ' ' + location;
        this.changes = changes;
        this.source = source;
    }

    /** Returns the content. */
    synchronized String read() throws PemException {
        String text = fixed;
        if (text == null) {
            text = readNow();
            fixed = changes ? null : text;
        }
        return text;
    }

    private String readNow() throws PemException {
        try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw failure("is larger than 10 MB, so it is not a file of certificates or of a key");
            }
            return new String(bytes, ISO_8859_1);
        } catch (FileNotFoundException e) {
            throw failure(e.getMessage() == null ? "does not exist" : e.getMessage());
        } catch (IOException e) {
            throw failure("cannot be read: " + e.getMessage());
        }
    }

    /** Returns the exception for a problem with this file. */
    PemException failure(String problem) {
        return new PemException(name + ' ' + problem);
    }

    /** Returns the option and the location. */
    @Override
    public String toString() {
        return name;
    }
}
