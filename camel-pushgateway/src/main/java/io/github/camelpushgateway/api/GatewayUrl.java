package io.github.camelpushgateway.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a gateway in a normal form: with a scheme, with the host in ASCII, without trailing slashes, user info,
 * query and fragment. A path prefix is not changed. Two URLs are equal if their texts are equal.
 */
public final class GatewayUrl {

    /**
     * The authority of a URL. {@code URI.getHost()} does not support names with an underscore, which are common for
     * containers. Percent-encoding is not allowed, because an encoded host could be user info.
     */
    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:@%\\[\\]]+))(?::(\\d{1,5}))?");

    private static final int MAX_PORT = 65_535;

    /** A path prefix, followed by a path of the gateway: that of a push, of its API or of its health checks. */
    private static final Pattern REQUEST_PATH = Pattern.compile("(?<prefix>.*?)/+(?:"
            + "(?:api/+v\\d+/+)?metrics(?:@.*|/+job(?:@base64)?(?:/.*)?)?"
            + "|api/+v\\d+/+status|-/+(?:ready|healthy))");

    private final URI uri;
    private final String host;
    private final int port;
    private final String identity;

    private GatewayUrl(URI uri, String host, int port) {
        this.uri = uri;
        this.host = host;
        this.port = port;
        identity = uri.getScheme() + "://" + host.toLowerCase(Locale.ROOT) + ':' + port + uri.getRawPath();
    }

    /**
     * Parses the URL of a gateway.
     *
     * @param text a URL with the scheme http or https, or {@code host:port}, which means http
     * @throws IllegalArgumentException if the text is not such a URL, if it has user info, a query or a fragment, or if
     *     its path ends with the path of a request, such as {@code /metrics/job/x}; the message does not contain text
     *     that may be a secret
     */
    public static GatewayUrl parse(String text) {
        String url = text.strip();
        url = withoutTrailingSlashes(url.contains("://") ? url : "http://" + url);
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            // without the cause, whose message contains the URL, which may contain a password
            throw invalid(text);
        }
    }

    /**
     * Parses the URLs of one or several gateways.
     *
     * @param text URLs as for {@link #parse}, separated by commas; a comma in a path prefix is written as {@code %2C}
     * @return at least one URL, in their order, without duplicates
     * @throws IllegalArgumentException if one of them is invalid, or has the identity of another
     */
    public static List<GatewayUrl> parseAll(String text) {
        String[] parts = text.split(",", -1);
        Map<String, GatewayUrl> urls = new LinkedHashMap<>();
        for (String part : parts) {
            if (parts.length > 1 && part.isBlank()) {
                throw new IllegalArgumentException("the option url has an empty entry before or after a comma; write"
                        + " several gateways as http://one:9091,http://other:9091");
            }
            GatewayUrl url = parse(part);
            GatewayUrl duplicate = urls.putIfAbsent(url.identity(), url);
            if (duplicate != null) {
                throw new IllegalArgumentException("the option url lists the gateway " + duplicate + " twice"
                        + (duplicate.equals(url) ? "" : ", once as " + url) + "; list each once");
            }
        }
        return List.copyOf(urls.values());
    }

    private static GatewayUrl of(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (authority.indexOf('@') >= 0) {
            throw invalid(authority);
        }
        if (uri.getScheme() == null) {
            throw invalid(uri.toString());
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the URL of the gateway has the scheme '" + scheme + "'; use http or https");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the URL of the gateway has a query or a fragment; specify only scheme, host, port and path"
                            + " prefix");
        }
        validatePath(scheme, authority, uri.getRawPath());
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw invalid(uri.toString());
        }
        boolean isIpv6 = parts.group(1) != null;
        String host = isIpv6 ? parts.group(1) : AsciiHost.of(parts.group(2), "the host of the option url");
        int port = port(parts.group(3), scheme);
        if (port < 1 || port > MAX_PORT) {
            throw invalid(uri.toString());
        }
        String asciiAuthority = isIpv6 ? authority : host + authority.substring(parts.end(2));
        return new GatewayUrl(URI.create(scheme + "://" + asciiAuthority + uri.getRawPath()), host, port);
    }

    /**
     * Rejects the URL of a request, as used with curl: the client appends the path of the group, which would push to
     * the wrong group.
     */
    private static void validatePath(String scheme, String authority, String path) {
        Matcher request = REQUEST_PATH.matcher(path);
        if (request.matches()) {
            String prefix = request.group("prefix");
            throw new IllegalArgumentException("the URL of the gateway ends in " + path.substring(prefix.length())
                    + ", which is the path of a request; the component adds it, so write "
                    + withoutTrailingSlashes(scheme + "://" + authority + prefix));
        }
    }

    private static int port(@Nullable String digits, String scheme) {
        if (digits != null) {
            return Integer.parseInt(digits);
        }
        return scheme.equals("https") ? 443 : 80;
    }

    private static String withoutTrailingSlashes(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    /**
     * Returns the exception for an invalid URL. The message does not contain the URL, which may contain a password in
     * any part.
     */
    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                text.contains("@") || text.contains("%40")
                        ? "the URL of the gateway contains user info; remove it and use the options username and"
                                + " password"
                        : "the option url is not the URL of a gateway; write it as http://host:9091 or https://host/prefix,"
                                + " and credentials as the options username and password");
    }

    /** Returns {@code http} or {@code https}. */
    public String scheme() {
        return uri.getScheme();
    }

    /** Returns the host to connect to, without the brackets of an IPv6 address. */
    public String host() {
        return host;
    }

    /** Returns the port to connect to, the default port of the scheme if the URL has none. */
    public int port() {
        return port;
    }

    /** Returns the identity of the gateway, which is the same for all spellings of its URL. */
    public String identity() {
        return identity;
    }

    /**
     * Returns the URL of a path below the path prefix of the gateway. The path is not normalised, because a normalised
     * path could name another group.
     */
    public URI resolve(String path) {
        return URI.create(uri + path);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GatewayUrl that && uri.toString().equals(that.uri.toString());
    }

    @Override
    public int hashCode() {
        return uri.toString().hashCode();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
