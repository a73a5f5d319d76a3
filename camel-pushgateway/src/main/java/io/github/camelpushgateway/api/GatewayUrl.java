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
 * The URL of a gateway, in one form: with a scheme, with the host in ASCII, without trailing slashes, without user info, query or fragment. A
 * path prefix is kept as it is given. Two are equal if their texts are.
 */
public final class GatewayUrl {

    /** Not {@code URI.getHost()}, which finds none in names with an underscore, as containers often have them. An encoded host could be user info. */
    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:@%\\[\\]]+))(?::(\\d{1,5}))?");

    private static final int MAX_PORT = 65_535;

    /** A path below which the gateway has its own paths, and one of those: for pushes, its API and its health. */
    private static final Pattern REQUEST_PATH = Pattern.compile("(?<prefix>.*?)/+(?:"
            + "(?:api/+v\\d+/+)?metrics(?:@.*|/+job(?:@base64)?(?:/.*)?)?"
            + "|api/+v\\d+/+status|-/+(?:ready|healthy))");

    private final URI uri;
    private final String host;
    private final int port;

    private GatewayUrl(URI uri, String host, int port) {
        this.uri = uri;
        this.host = host;
        this.port = port;
    }

    /**
     * Reads the URL of a gateway.
     *
     * @param text a URL with the scheme http or https, or {@code host:port}, which means http
     * @throws IllegalArgumentException if it is none, if user info, a query or a fragment is in it, or if its path ends in that of
     *     a request, such as {@code /metrics/job/x}; what may be a secret is not in the message
     */
    public static GatewayUrl parse(String text) {
        String url = text.strip();
        url = withoutTrailingSlashes(url.contains("://") ? url : "http://" + url);
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            // not the cause's words: the URL stands in them, and a password may stand in that
            throw invalid(text);
        }
    }

    /**
     * Reads the URLs of one gateway or of several.
     *
     * @param text URLs as {@link #parse} reads them, separated by commas; a comma in a path prefix is written as {@code %2C}
     * @return in their order, at least one, and none twice
     * @throws IllegalArgumentException if one of them is none, or is the place of another
     */
    public static List<GatewayUrl> parseAll(String text) {
        String[] parts = text.split(",", -1);
        Map<String, GatewayUrl> urls = new LinkedHashMap<>();
        for (String part : parts) {
            if (parts.length > 1 && part.isBlank()) {
                throw new IllegalArgumentException("the option url has an empty place before or after a comma; write"
                        + " several gateways as http://one:9091,http://other:9091");
            }
            GatewayUrl url = parse(part);
            GatewayUrl twin = urls.putIfAbsent(url.place(), url);
            if (twin != null) {
                throw new IllegalArgumentException("the option url names the gateway " + twin + " twice"
                        + (twin.equals(url) ? "" : ", once as " + url) + "; name each once");
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
                    "the URL of the gateway has a query or a fragment; give only scheme, host, port and path prefix");
        }
        checkPath(scheme, authority, uri.getRawPath());
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
        String place = isIpv6 ? authority : host + authority.substring(parts.end(2));
        return new GatewayUrl(URI.create(scheme + "://" + place + uri.getRawPath()), host, port);
    }

    /** A URL as for curl would push to the wrong group: the client appends the path of the group to it. */
    private static void checkPath(String scheme, String authority, String path) {
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

    /** The text is not repeated: there may be a password in it, also where it does not look like one. */
    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                text.contains("@") || text.contains("%40")
                        ? "the URL of the gateway holds user info; leave it out and use the options username and password"
                        : "the option url is not the URL of a gateway; write it as http://host:9091 or https://host/prefix,"
                                + " and credentials as the options username and password");
    }

    /** Returns {@code http} or {@code https}. */
    public String scheme() {
        return uri.getScheme();
    }

    /** Returns the host to connect to, an IPv6 address without its brackets. */
    public String host() {
        return host;
    }

    /** Returns the port to connect to, the scheme's own if none is given. */
    public int port() {
        return port;
    }

    /** Returns which gateway it is, the same for all URLs that only write it otherwise. */
    public String place() {
        return scheme() + "://" + host.toLowerCase(Locale.ROOT) + ':' + port + uri.getRawPath();
    }

    /** Returns the URL of what is below the gateway's path prefix. Nothing is normalised: that could lead to another group. */
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
