package io.github.camelpushgateway.options;

import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.util.URISupport;

/**
 * URI of an endpoint without its secrets. Camel hides the values of options whose names it knows to be secret. It
 * does not recognise {@code httpHeader.*}, other spellings, or the end of a {@code RAW(...)} that contains a bracket.
 * This class treats an option as secret if the option it binds to is secret.
 */
public final class RedactedUri {

    private static final String HIDDEN = "xxxxxx";

    private final String uri;
    private final List<String> secrets;
    private final String redacted;

    /** Creates the URI without the secrets of the options. */
    public RedactedUri(String uri, EndpointOptions options) {
        this.uri = uri;
        secrets = options.secrets();
        redacted = secrets.isEmpty()
                ? uri
                : URISupport.stripQuery(uri) + '?' + URISupport.createQueryString(options.withoutSecrets(HIDDEN));
    }

    /**
     * Returns the exception for an endpoint that cannot be created. Camel adds the URI to its own exception. If that
     * would reveal a secret, the result is an exception that Camel does not wrap.
     */
    public Exception rejection(Exception cause) {
        return isHiddenByCamel() ? cause : new SecretFreeException(redacted, cause);
    }

    private boolean isHiddenByCamel() {
        if (secrets.isEmpty()) {
            return true;
        }
        try {
            Map<String, Object> sanitized = URISupport.parseQuery(URISupport.extractQuery(URISupport.sanitizeUri(uri)));
            return secrets.stream().allMatch(secret -> HIDDEN.equals(sanitized.get(secret)));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return redacted;
    }

    /** Exception of a type that Camel rethrows unchanged. */
    private static final class SecretFreeException extends NoSuchEndpointException {

        private static final long serialVersionUID = 1L;

        private final String message;

        SecretFreeException(String uri, Exception cause) {
            super(uri);
            message = "Failed to resolve endpoint: " + getUri() + " due to: " + cause.getMessage();
            initCause(cause);
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
