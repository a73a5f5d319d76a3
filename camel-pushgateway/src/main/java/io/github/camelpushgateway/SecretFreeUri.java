package io.github.camelpushgateway;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.util.URISupport;

/**
 * The text of an endpoint without the secrets in it. Camel hides the values of options that it knows to be secret wherever it
 * shows an endpoint; it does not know {@code httpHeader.*}, nor where a {@code RAW(...)} ends that holds a bracket. So an
 * endpoint is given a text in which they are not.
 */
final class SecretFreeUri {

    private static final Set<String> SECRETS = Set.of("username", "password", "bearerToken");
    private static final String HEADERS = "httpHeader.";
    private static final String HIDDEN = "xxxxxx";

    private SecretFreeUri() {}

    /** @param options all options in the text */
    static String of(String uri, Map<String, Object> options) {
        if (options.keySet().stream().noneMatch(SecretFreeUri::isSecret)) {
            return uri;
        }
        Map<String, Object> shown = new TreeMap<>(options);
        shown.replaceAll((name, value) -> isSecret(name) ? HIDDEN : String.valueOf(value));
        int query = uri.indexOf('?');
        return (query < 0 ? uri : uri.substring(0, query)) + '?' + URISupport.createQueryString(shown);
    }

    private static boolean isSecret(String option) {
        return SECRETS.contains(option) || option.startsWith(HEADERS);
    }
}
