package io.github.camelpushgateway.options;

import io.github.camelpushgateway.pem.PemContext;
import io.github.camelpushgateway.pem.PemContextFactory;
import io.github.camelpushgateway.pem.PemFile;
import io.github.camelpushgateway.pem.PemFiles;
import io.github.camelpushgateway.pem.PemLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * The options of TLS from PEM files. Files are read again when they may have changed, and other resources are read once.
 *
 * @param caFile the resource with the trusted authorities, or null
 * @param certFile the resource with the client certificate, or null
 * @param keyFile the resource with the private key, or null
 * @param keyPassword the password of the key, or null
 */
public record PemOptions(
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile,
        @Nullable String keyPassword) {

    private static final String FILE = "file";

    /** The schemes of resources whose URI is the content. */
    private static final Set<String> INLINE = Set.of("base64", "gzip", "mem");

    /** The beginning of PEM, and in Base64; and a whole DER in Base64, whose first byte is always the same. */
    private static final Pattern CONTENT =
            Pattern.compile("-----BEGIN |LS0tLS1CRUdJTi|(^|[:,\\s])M[A-Za-z0-9+/=\\s]{79,}$");

    /** Returns the options without blank ones. */
    public static PemOptions of(
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            @Nullable String keyPassword) {
        return new PemOptions(
                nullIfBlank(caFile), nullIfBlank(certFile), nullIfBlank(keyFile), nullIfBlank(keyPassword));
    }

    private static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Returns whether a location holds the content itself, and thus may be a key. */
    static boolean holdsContent(String location) {
        return isInline(location) || isContent(location);
    }

    private static boolean isInline(String location) {
        return INLINE.contains(scheme(location));
    }

    /** Returns whether a location is in fact the content: PEM or DER, as a secret of Kubernetes or of a vault holds it. */
    private static boolean isContent(String location) {
        return !isInline(location) && CONTENT.matcher(location).find();
    }

    private static void rejectContent(String option, @Nullable String location) {
        if (location != null && isContent(location)) {
            throw new IllegalArgumentException(option + " has the content of a file instead of its location; write"
                    + " file:PATH, or base64: and the content in Base64");
        }
    }

    private static String scheme(String location) {
        int colon = location.indexOf(':');
        return colon < 0 ? "" : location.substring(0, colon);
    }

    /**
     * Validates the combination of the options, without reading the files.
     *
     * @throws IllegalArgumentException if an option is missing or holds the content of a file instead of its location, or
     *     the library for PEM is missing; the message contains no content
     */
    public void validate() {
        rejectContent("caFile", caFile);
        rejectContent("certFile", certFile);
        rejectContent("keyFile", keyFile);
        PemFiles.validate(certFile, keyFile, keyPassword);
        PemLibrary.check();
    }

    /**
     * Reads the files, and creates a TLS context that reads them again when they have changed.
     *
     * @throws GeneralSecurityException if a file cannot be used
     */
    public SSLContext createContext(CamelContext context, PemContextFactory factory)
            throws GeneralSecurityException, IOException {
        validate();
        PemFiles files = new PemFiles(
                file(context, "caFile", caFile),
                file(context, "certFile", certFile),
                file(context, "keyFile", keyFile),
                keyPassword);
        return PemContext.create(files, factory);
    }

    private static @Nullable PemFile file(CamelContext context, String option, @Nullable String location) {
        if (location == null) {
            return null;
        }
        String shown = isInline(location) ? scheme(location) + ":..." : URISupport.sanitizeUri(location);
        Resource resource;
        try {
            resource = PluginHelper.getResourceLoader(context).resolveResource(location);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    option + ' ' + shown + " is not a resource of Camel; write a file as file:PATH");
        }
        boolean isFile = FILE.equals(resource.getScheme());
        return new PemFile(option, shown, isFile, () -> open(resource, isFile, scheme(location)));
    }

    private static InputStream open(Resource resource, boolean isFile, String scheme) throws IOException {
        if (isFile && !resource.exists()) {
            throw new FileNotFoundException();
        }
        InputStream in;
        try {
            in = resource.getInputStream();
        } catch (FileNotFoundException e) {
            // also thrown if a file exists and cannot be read
            throw isFile ? new IOException(e.getMessage(), e) : new FileNotFoundException();
        } catch (IOException e) {
            throw new IOException(URISupport.sanitizeUri(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new IOException(INLINE.contains(scheme) ? "it is not valid Base64" : e.getMessage(), e);
        }
        if (in == null) {
            throw new FileNotFoundException(
                    scheme.isEmpty() ? "is neither a file nor on the class path" : "is not on the class path");
        }
        return in;
    }

    /** Returns a text without the key and its password. */
    @Override
    public String toString() {
        return "PemOptions";
    }
}
