package io.github.camelpushgateway.doctor;

import io.github.camelpushgateway.api.GatewayUrl;
import io.github.camelpushgateway.api.HeaderHandler;
import io.github.camelpushgateway.client.transport.Redaction;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A command-line program that checks step by step whether pushes reach a gateway: the URL, the address of the host, the
 * connection, TLS, credentials, the version of the gateway, and a temporary group that it pushes, reads and deletes. It
 * stops at the first step that fails and prints what to do.
 *
 * <p>The exit code is 0 if all steps are ok, 1 if a step failed, and 2 if the arguments are invalid.
 */
public final class Doctor {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int INVALID = 2;

    private static final String USAGE = """
            Usage: java -cp 'lib/*' io.github.camelpushgateway.doctor.Doctor URL [option=value ...]

            Checks step by step whether pushes reach a Pushgateway. The options have the same names as on an endpoint:
              username=NAME                     basic authentication; the password is in the environment
              proxyUsername=NAME                basic authentication at the HTTP proxy of the JVM
              httpHeader.NAME=VALUE             a fixed HTTP header
              caFile=file:PATH                  the trusted authorities in PEM
              certFile=file:PATH                the client certificate in PEM
              keyFile=file:PATH                 its private key in PEM
              connectTimeout=5s                 the maximum time to connect
              requestTimeout=10s                the maximum time of a request
              format=text|protobuf              the format of the push
              compression=none|gzip|snappy      the compression of the push
              escaping=FORM                     the form of names: reject, underscores, dots, values or utf8

            Every user of the machine can read arguments, so secrets are environment variables:
              PUSHGATEWAY_PASSWORD              the password of username; without it, the program asks for it
              PUSHGATEWAY_BEARER_TOKEN          the bearer token
              PUSHGATEWAY_KEY_PASSWORD          the password of keyFile
              PUSHGATEWAY_PROXY_PASSWORD        the password for the proxy
            The value of an option may contain {{env:VARIABLE}}.

            Without caFile and certFile, TLS uses the system properties of the JVM: -Djavax.net.ssl.trustStore=FILE,
            -Djavax.net.ssl.keyStore=FILE.
            The proxy is that of the JVM: -Dhttps.proxyHost=HOST, -Dhttps.proxyPort=PORT, or those of http.

            Exit code: 0 if all steps are ok, 1 if a step failed, 2 if the arguments are invalid.
            """;

    /** Characters that come into a URL by mistake, for example from a file with environment variables. */
    private static final Pattern QUOTE = Pattern.compile("[\"'\\s;\u2018-\u201F]");

    private static final Set<String> HELP = Set.of("help", "-help", "--help", "-h", "-?");

    private Doctor() {}

    /**
     * Checks whether pushes reach a gateway, and ends the JVM.
     *
     * @param arguments the URL and options of an endpoint as {@code name=value}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Checks whether pushes reach a gateway, and returns the exit code. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.size() == 1 && HELP.contains(arguments.get(0))) {
            out.print(USAGE);
            return OK;
        }
        try {
            Libraries.check();
        } catch (StepException e) {
            new Findings(out, new Redaction(Map.of())).failed(e);
            return FAILED;
        }
        DoctorOptions options;
        try {
            options = DoctorOptions.parse(arguments, environment, Doctor::askForPassword);
        } catch (IllegalArgumentException e) {
            err.println("Invalid arguments: " + e.getMessage() + '.');
            err.println();
            err.print(USAGE);
            return INVALID;
        }
        Map<String, String> secrets = options.headers().stream()
                .collect(Collectors.toMap(HeaderHandler::name, HeaderHandler::value, (one, other) -> one));
        return check(options, new Findings(out, new Redaction(secrets)));
    }

    private static int check(DoctorOptions options, Findings findings) {
        List<GatewayUrl> gateways;
        try {
            gateways = GatewayUrl.parseAll(options.url());
        } catch (IllegalArgumentException e) {
            boolean isQuoted = QUOTE.matcher(options.url().strip()).find();
            findings.failed(new StepException(
                    "url",
                    String.valueOf(e.getMessage()),
                    isQuoted
                            ? "It contains a quotation mark, a space or a semicolon: remove it. Several gateways are separated by"
                                    + " commas."
                            : ""));
            return FAILED;
        }
        SSLSocketFactory pem;
        try {
            pem = options.pem() == null
                    ? null
                    : PemContexts.create(options.pem()).getSocketFactory();
        } catch (StepException e) {
            findings.failed(e);
            return FAILED;
        }
        boolean isOk = true;
        for (GatewayUrl gateway : gateways) {
            isOk &= new Checkup(gateway, options, pem, findings).run();
        }
        return isOk ? OK : FAILED;
    }

    @SuppressWarnings(
            "SystemConsoleNull") // in newer JDKs, the console may be one without a terminal, which returns null
    private static @Nullable String askForPassword(String username) {
        Console console = System.console();
        char[] password = console == null ? null : console.readPassword("Password of %s: ", username);
        return password == null ? null : new String(password);
    }
}
