package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.Compression;
import io.github.camelpushgateway.api.Format;
import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.client.ClientSettings;
import io.github.camelpushgateway.metrics.Escaping;
import io.github.camelpushgateway.pem.PemFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The options of an endpoint that concern the connection to its gateway, with the same names.
 *
 * @param url the URL or URLs, not yet validated
 * @param headers the credentials and the fixed headers
 * @param connectTimeout the maximum time to connect
 * @param requestTimeout the maximum time of a request
 * @param format the format of a push
 * @param compression the compression of a push
 * @param pem the files of TLS, or null for the settings of the JVM
 * @param escaping the form of names
 */
record DoctorOptions(
        String url,
        List<HeaderHandler> headers,
        Duration connectTimeout,
        Duration requestTimeout,
        Format format,
        Compression compression,
        @Nullable PemFiles pem,
        Escaping escaping) {

    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String BEARER_TOKEN = "bearerToken";
    private static final String PROXY_USERNAME = "proxyUsername";
    private static final String PROXY_PASSWORD = "proxyPassword";
    private static final String HTTP_HEADER = "httpHeader.";
    private static final String CA_FILE = "caFile";
    private static final String CERT_FILE = "certFile";
    private static final String KEY_FILE = "keyFile";
    private static final String KEY_PASSWORD = "keyPassword";

    private static final List<String> NAMES = List.of(
            "url",
            USERNAME,
            PASSWORD,
            BEARER_TOKEN,
            CA_FILE,
            CERT_FILE,
            KEY_FILE,
            KEY_PASSWORD,
            PROXY_USERNAME,
            PROXY_PASSWORD,
            "connectTimeout",
            "requestTimeout",
            "format",
            "compression",
            "escaping");

    /** The environment variables of the options that are secret, or belong to them. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            USERNAME, "PUSHGATEWAY_USERNAME",
            PASSWORD, "PUSHGATEWAY_PASSWORD",
            BEARER_TOKEN, "PUSHGATEWAY_BEARER_TOKEN",
            KEY_PASSWORD, "PUSHGATEWAY_KEY_PASSWORD",
            PROXY_USERNAME, "PUSHGATEWAY_PROXY_USERNAME",
            PROXY_PASSWORD, "PUSHGATEWAY_PROXY_PASSWORD");

    private static final Set<String> SECRETS = Set.of(PASSWORD, BEARER_TOKEN, PROXY_PASSWORD, KEY_PASSWORD);

    /** The HTTP headers with credentials. */
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");

    /** An option. Its name has none of the characters that are part of each URL, unless it contains the name of a header. */
    private static final Pattern ARGUMENT =
            Pattern.compile("-{0,2}((?i:http-?header\\.)[^=]*|[^=:/?#-][^=:/?#]*)=(.*)", Pattern.DOTALL);

    /** A name that can be repeated in a message. Any other name may be a part of a secret. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    /** A reference to an environment variable, as in the properties of Camel. */
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{env:([^}:]+)}}");

    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)?");

    /** Asks the user for a password. */
    @FunctionalInterface
    interface PasswordPrompt {

        /** Returns the password, or null if there is no terminal. */
        @Nullable
        String ask(String username);
    }

    /** Copies the headers. */
    DoctorOptions {
        headers = List.copyOf(headers);
    }

    /**
     * Parses the arguments.
     *
     * @throws IllegalArgumentException if they are invalid; the message contains no secret
     */
    static DoctorOptions parse(List<String> arguments, Map<String, String> environment, PasswordPrompt prompt) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            Matcher option = ARGUMENT.matcher(argument);
            boolean isOption = option.matches();
            if (argument.startsWith("-D")) {
                throw new IllegalArgumentException(
                        "an argument is a system property of the JVM, which has no effect there; write it before the name of the"
                                + " class, as in java -Djavax.net.ssl.trustStore=FILE -cp ...");
            }
            if (!isOption && argument.startsWith("-")) {
                throw new IllegalArgumentException("an argument has no value; write each option as name=value");
            }
            String name = isOption ? option.group(1) : "url";
            String value = isOption ? option.group(2) : argument;
            validateName(name, value);
            if (options.putIfAbsent(name, resolved(name, value, environment)) != null) {
                throw new IllegalArgumentException(
                        isOption
                                ? "the option " + name + " is set twice; set it once"
                                : "there are two arguments without a name; write one URL, with several gateways separated by"
                                        + " commas, and each option as name=value");
            }
        }
        ENVIRONMENT.forEach((name, variable) -> {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                options.putIfAbsent(name, value);
            }
        });
        return of(options, prompt);
    }

    /** Rejects a name that cannot be repeated in a message: it may be a token that ends with an equals sign. */
    private static void validateName(String name, String value) {
        if (name.equals(HTTP_HEADER)
                || (name.startsWith(HTTP_HEADER) && !NAME.matcher(name).matches())) {
            throw new IllegalArgumentException(
                    "an HTTP header has no name, or a name with a character that is not allowed, such as a space or a colon; write it as"
                            + " httpHeader.X-Key=VALUE");
        }
        boolean isToken = !NAMES.contains(name)
                && !name.startsWith(HTTP_HEADER)
                && value.replace("=", "").isEmpty();
        if (isToken || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an argument is neither a URL nor an option; write each option as name=value, and quote values with spaces");
        }
    }

    private static DoctorOptions of(Map<String, String> options, PasswordPrompt prompt) {
        String url = options.remove("url");
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "the URL of the gateway is missing; write it as the first argument, such as http://localhost:9091");
        }
        List<HeaderHandler> headers = headers(options);
        HeaderHandler credentials = credentials(options, prompt);
        if (credentials != null) {
            if (headers.stream().anyMatch(HeaderHandler::isAuthorization)) {
                throw new IllegalArgumentException("both credentials and httpHeader.Authorization are set; remove one");
            }
            headers.add(credentials);
        }
        HeaderHandler proxyCredentials = proxyCredentials(options);
        if (proxyCredentials != null) {
            if (headers.stream().anyMatch(HeaderHandler::isProxyAuthorization)) {
                throw new IllegalArgumentException(
                        "both proxyUsername and httpHeader.Proxy-Authorization are set; remove one");
            }
            headers.add(proxyCredentials);
        }
        Duration connectTimeout = duration("connectTimeout", options.remove("connectTimeout"), Duration.ofSeconds(5));
        Duration requestTimeout = duration("requestTimeout", options.remove("requestTimeout"), Duration.ofSeconds(10));
        Format format = constant("format", options.remove("format"), Format.TEXT, Format.values());
        Compression compression =
                constant("compression", options.remove("compression"), Compression.NONE, Compression.values());
        PemFiles pem = PemContexts.files(
                options.remove(CA_FILE),
                options.remove(CERT_FILE),
                options.remove(KEY_FILE),
                options.remove(KEY_PASSWORD));
        Escaping escaping = constant("escaping", options.remove("escaping"), Escaping.REJECT, Escaping.values());
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    unknown(options.keySet().iterator().next()));
        }
        DoctorOptions all =
                new DoctorOptions(url, headers, connectTimeout, requestTimeout, format, compression, pem, escaping);
        // rejects a format or compression without its library; the URL is a step of the check
        all.settings(GatewayUrl.parse("http://localhost:9091"), null);
        return all;
    }

    private static String unknown(String name) {
        for (String known : NAMES) {
            if (known.equalsIgnoreCase(name.replace("-", ""))) {
                return "the option " + name + " is unknown; write it as " + known;
            }
        }
        if (name.replace("-", "").toLowerCase(Locale.ROOT).startsWith(HTTP_HEADER.toLowerCase(Locale.ROOT))) {
            return "the option " + name + " is unknown; write it as httpHeader.NAME=VALUE";
        }
        return name.equals("sslContextParameters") || name.equals("handler")
                ? "the option " + name
                        + " refers to a bean of the application, which does not run here; remove it; for TLS, use"
                        + " caFile, certFile and keyFile, or the system properties javax.net.ssl.trustStore and"
                        + " javax.net.ssl.keyStore"
                : "the option " + name + " has no effect on this check; remove it";
    }

    /** Returns the value of an option, with references to environment variables resolved. */
    private static String resolved(String name, String value, Map<String, String> environment) {
        Matcher reference = REFERENCE.matcher(value);
        if (reference.find()) {
            return reference.replaceAll(match -> {
                String found = environment.get(match.group(1));
                if (found == null) {
                    throw new IllegalArgumentException("the option " + name + " refers to the environment variable "
                            + match.group(1) + ", which is not set; set it");
                }
                return Matcher.quoteReplacement(found);
            });
        }
        boolean isSecretHeader = name.startsWith(HTTP_HEADER)
                && SECRET_HEADERS.contains(name.substring(HTTP_HEADER.length()).toLowerCase(Locale.ROOT));
        boolean isKey = (name.equals(KEY_FILE) || name.equals(CERT_FILE)) && value.startsWith(PemContexts.BASE64);
        if (SECRETS.contains(name) || isKey || isSecretHeader) {
            String variable = ENVIRONMENT.getOrDefault(name, "GATEWAY_SECRET");
            throw new IllegalArgumentException("the value of " + name
                    + " is an argument, which every user of this machine can read; set an environment variable instead, "
                    + (isSecretHeader || (isKey && !name.equals(KEY_PASSWORD))
                            ? "and write " + name + "={{env:" + variable + "}}"
                            : variable + ", or write " + name + "={{env:NAME}}"));
        }
        return value;
    }

    private static List<HeaderHandler> headers(Map<String, String> options) {
        List<HeaderHandler> headers = new ArrayList<>();
        options.forEach((name, value) -> {
            if (name.startsWith(HTTP_HEADER)) {
                headers.add(new HeaderHandler(name.substring(HTTP_HEADER.length()), value));
            }
        });
        options.keySet().removeIf(name -> name.startsWith(HTTP_HEADER));
        return headers;
    }

    private static @Nullable HeaderHandler credentials(Map<String, String> options, PasswordPrompt prompt) {
        String username = options.remove(USERNAME);
        String password = options.remove(PASSWORD);
        String token = options.remove(BEARER_TOKEN);
        if (username != null && token != null) {
            throw new IllegalArgumentException("both username and bearerToken are set; remove one");
        }
        if (username == null && password != null) {
            throw new IllegalArgumentException("a password is set, but no username; set both");
        }
        if (username != null) {
            String secret = password == null ? prompt.ask(username) : password;
            if (secret == null || secret.isEmpty()) {
                throw new IllegalArgumentException(
                        "username is set, but no password; set the environment variable " + ENVIRONMENT.get(PASSWORD));
            }
            return HeaderHandler.basic(username, secret);
        }
        return token == null ? null : HeaderHandler.bearer(token);
    }

    private static @Nullable HeaderHandler proxyCredentials(Map<String, String> options) {
        String username = options.remove(PROXY_USERNAME);
        String password = options.remove(PROXY_PASSWORD);
        if (username == null && password == null) {
            return null;
        }
        if (username == null || password == null || password.isEmpty()) {
            throw new IllegalArgumentException(
                    username == null
                            ? "a proxyPassword is set, but no proxyUsername; set both"
                            : "proxyUsername is set, but no proxyPassword; set the environment variable "
                                    + ENVIRONMENT.get(PROXY_PASSWORD));
        }
        return HeaderHandler.proxyBasic(username, password);
    }

    private static Duration duration(String name, @Nullable String text, Duration byDefault) {
        if (text == null) {
            return byDefault;
        }
        Matcher duration = DURATION.matcher(text.strip());
        if (!duration.matches() || Long.parseLong(duration.group(1)) == 0) {
            throw new IllegalArgumentException(name + " is not a duration; write it as 10s or 500ms");
        }
        long amount = Long.parseLong(duration.group(1));
        String unit = duration.group(2);
        Duration result = unit == null || unit.equals("ms")
                ? Duration.ofMillis(amount)
                : unit.equals("s") ? Duration.ofSeconds(amount) : Duration.ofMinutes(amount);
        if (result.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException(name + " is longer than an hour; write it as 10s or 500ms");
        }
        return result;
    }

    private static <E extends Enum<E>> E constant(String name, @Nullable String text, E byDefault, E[] constants) {
        if (text == null) {
            return byDefault;
        }
        for (E constant : constants) {
            if (constant.name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
        }
        throw new IllegalArgumentException(name + " is invalid; write one of "
                + List.of(constants).toString().toLowerCase(Locale.ROOT));
    }

    /** Returns whether requests have credentials. */
    boolean hasCredentials() {
        return headers.stream().anyMatch(HeaderHandler::isAuthorization);
    }

    /** Returns whether requests have credentials for a proxy. */
    boolean hasProxyCredentials() {
        return headers.stream().anyMatch(HeaderHandler::isProxyAuthorization);
    }

    /** Returns whether names are sent as UTF-8. */
    boolean hasUtf8Names() {
        return escaping == Escaping.UTF8;
    }

    /** Returns the settings of a client that does not retry. */
    ClientSettings settings(GatewayUrl gateway, @Nullable SSLSocketFactory tls) {
        return new ClientSettings(
                gateway,
                connectTimeout,
                requestTimeout,
                tls,
                List.copyOf(headers),
                format,
                compression,
                0,
                Duration.ZERO,
                false,
                100,
                ClientSettings.DEFAULT_ACCUMULATE_REFRESH,
                hasUtf8Names());
    }

    /** Returns the options without secrets. */
    @Override
    public String toString() {
        return "DoctorOptions[" + headers.size() + " headers]";
    }
}
