package io.github.camelpushgateway.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.api.PushgatewayException;
import io.github.camelpushgateway.reference.Page.Section;
import io.github.camelpushgateway.testing.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;

/** The page of exceptions, from the accessors of the class and from real failures of each kind. */
final class ExceptionsReference {

    private static final Path SOURCE =
            Path.of("src/main/java/io/github/camelpushgateway/api/PushgatewayException.java");

    private final Since since;

    ExceptionsReference(Since since) {
        this.since = since;
    }

    Page page() throws IOException {
        return new Page(
                        "exceptions",
                        "Exceptions",
                        "A producer that fails throws `io.github.camelpushgateway.api.PushgatewayException`. Its message is one sentence with the"
                                + " operation, the group, the problem and the remedy. The message contains no secret. If the gateway refuses a"
                                + " push, the message contains the response, in which a Pushgateway quotes the refused metric. Simple expressions read"
                                + " the properties of the exception, such as `${exception.statusCode}`. An invalid endpoint of a route"
                                + " fails at start instead, with a `FailedToCreateRouteException` or a `FailedToStartRouteException` of Camel. An invalid"
                                + " endpoint of `toD` or of a `ProducerTemplate` fails when it is used, with a `ResolveEndpointFailedException`, a"
                                + " `NoSuchEndpointException` (for example, for an unknown option) or a `FailedToCreateProducerException`.",
                        List.of(
                                new Section(
                                        "Properties",
                                        "",
                                        List.of("name", "type", "since", "meaning"),
                                        "2,1,1,6",
                                        accessors()),
                                new Section(
                                        "Kinds of failures",
                                        "The messages are those of real pushes of the metric `load_rows`. The last push had `maxRetries=1`.",
                                        List.of("kind", "status, attempts and cause", "message"),
                                        "2,3,6",
                                        kinds())),
                        "See also: xref:failures.adoc[Failures and retries], and the Javadoc of"
                                + " link:javadoc/camel-pushgateway/io/github/camelpushgateway/api/PushgatewayException.html[PushgatewayException].")
                .withDependencies("`camel-bean` for expressions such as `+${exception.statusCode}+`");
    }

    private List<List<String>> accessors() throws IOException {
        String source = Files.readString(SOURCE, UTF_8);
        return Arrays.stream(PushgatewayException.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getName().startsWith("get"))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> {
                    String name = method.getName().replaceFirst("get", "");
                    String property = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
                    return List.of(
                            '`' + property + '`',
                            '`' + method.getReturnType().getSimpleName() + '`',
                            since.of("exception", property),
                            description(source, method.getName()));
                })
                .toList();
    }

    /** Returns the first comment of a method, without the verb that each of them begins with. */
    private static String description(String source, String method) {
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public \\w+ " + method + "\\(", Pattern.DOTALL)
                .matcher(source);
        if (!comment.find()) {
            throw new IllegalStateException(method + " has no comment");
        }
        String text = comment.group(1)
                .replaceAll("\\s+\\*\\s+", " ")
                .replaceAll("\\{@code ([^}]*(?:\\{[^}]*}[^}]*)*)}", "$1")
                .strip()
                .replaceFirst("^Returns the", "The");
        return text.replaceAll("\\s+", " ");
    }

    private static List<List<String>> kinds() throws IOException {
        try (WireServer refusing = new WireServer(WireServer.status(400, "inconsistent metric types"));
                DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            List<List<String>> rows = new ArrayList<>();
            rows.add(kind(context, "rejected before it was sent", "?metricName=load_rows", "many"));
            rows.add(kind(context, "the data cannot be read", "?metricName=load_rows", closedStream()));
            rows.add(kind(context, "refused by the gateway", "?metricName=load_rows&url=" + refusing.url(), 42));
            rows.add(kind(
                    context,
                    "without a response",
                    "?metricName=load_rows&maxRetries=1&retryDelay=1&url=http://localhost:1",
                    42));
            return rows;
        }
    }

    private static List<String> kind(DefaultCamelContext context, String kind, String options, Object body) {
        try {
            context.createProducerTemplate().sendBody("pushgateway:nightly-load" + options, body);
        } catch (CamelExecutionException e) {
            PushgatewayException failure = (PushgatewayException) e.getCause();
            Throwable cause = failure.getCause();
            return List.of(
                    kind,
                    failure.getStatusCode() + ", " + failure.getAttempts() + ", "
                            + (cause == null ? "none" : '`' + cause.getClass().getSimpleName() + '`'),
                    '`'
                            + String.valueOf(failure.getMessage())
                                    .replaceAll("localhost:\\d+|127\\.0\\.0\\.1:\\d+", "localhost:9091")
                            + '`');
        }
        throw new IllegalStateException("the push did not fail: " + kind);
    }

    /** Returns a stream that throws an exception when it is read. */
    private static InputStream closedStream() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();
        return closed;
    }
}
