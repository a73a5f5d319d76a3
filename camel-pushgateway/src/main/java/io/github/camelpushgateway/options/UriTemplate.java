package io.github.camelpushgateway.options;

import io.github.camelpushgateway.PushgatewayOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * URI of a dynamic endpoint as written in the route, with its Simple expressions. It validates an evaluated URI: a
 * message may supply the values of the expressions and nothing else.
 */
public final class UriTemplate {

    private static final String JOB = "the job";
    private static final String GROUPING_KEY = "groupingKey";

    /** Operations that a message must not select: see {@link PushgatewayOperation#ofHeader}. */
    private static final Set<String> FORBIDDEN_IN_MESSAGE = Set.of("sweep", "wipe");

    /** Option that Camel's typed endpoints add in place of the names of beans. Only the evaluated URI has the names. */
    private static final String HASH = "hash";

    private static final String TYPED_BEAN = "(?<=[?&])\\w+=#[0-9a-f]{1,8}(&|$)";

    private final String scheme;
    private final UriPart job;
    private final boolean query;
    private final List<Option> options;
    private final boolean typedBeans;

    private record Option(UriPart name, UriPart value) {

        boolean is(String other) {
            return name.toString().equalsIgnoreCase(other);
        }

        boolean isLabels() {
            return name.toString().toLowerCase(Locale.ROOT).startsWith("groupingkey");
        }
    }

    private UriTemplate(String text) {
        String uri = UriPart.mark(text.strip());
        int question = uri.indexOf('?');
        int colon = uri.indexOf(':');
        scheme = uri.substring(0, colon + 1);
        job = new UriPart(uri.substring(colon + 1, question < 0 ? uri.length() : question));
        List<Option> all = question < 0 ? List.of() : options(uri, question + 1);
        typedBeans = all.stream().anyMatch(option -> option.is(HASH));
        options = all.stream().filter(option -> !option.is(HASH)).toList();
        query = question >= 0 && !(typedBeans && options.isEmpty());
    }

    /** Parses the text of a URI in which property placeholders are resolved. */
    public static UriTemplate parse(String text) {
        return new UriTemplate(text);
    }

    private static List<Option> options(String uri, int start) {
        List<Option> options = new ArrayList<>();
        int at = start;
        while (at < uri.length()) {
            int equals = uri.indexOf('=', at);
            int ampersand = UriPart.ampersand(uri, at);
            boolean valued = equals >= 0 && equals < ampersand;
            int value = valued ? equals + 1 : ampersand;
            int end = valued ? UriPart.end(uri, value) : ampersand;
            options.add(new Option(
                    new UriPart(uri.substring(at, valued ? equals : ampersand)),
                    new UriPart(uri.substring(value, end))));
            at = end + 1;
        }
        return options;
    }

    /** Returns the job as written, for use in an error message. */
    public String job() {
        return job.toString();
    }

    /** Returns whether the URI sets an option. */
    public boolean names(String option) {
        return options.stream().anyMatch(each -> each.is(option));
    }

    /** Returns the value of an option, or null if it is not set or depends on a message. */
    @Nullable
    public String constant(String option) {
        return options.stream()
                .filter(each -> each.is(option) && !each.value().isDynamic())
                .map(each -> each.value().toString())
                .findFirst()
                .orElse(null);
    }

    /**
     * Validates an evaluated URI.
     *
     * @throws IllegalArgumentException if a message names an option or adds more than a value; the error message
     *     contains no value
     */
    public void validate(String evaluated) {
        if (options.stream().anyMatch(option -> option.name().isDynamic())) {
            throw new IllegalArgumentException(
                    "a message must not select the options of this endpoint; write the name of"
                            + " each option in the route, and set values that depend on the message with the headers CamelPushgateway*");
        }
        String uri = evaluated.strip();
        if (typedBeans) {
            uri = uri.replaceAll(TYPED_BEAN, "").replaceAll("[?&]$", "");
        }
        int question = uri.indexOf('?');
        int end = question < 0 ? uri.length() : question;
        if (!uri.startsWith(scheme) || (question >= 0) != query || !isJob(uri.substring(scheme.length(), end), uri)) {
            throw invalidValue(JOB);
        }
        validateOptions(uri, end + 1);
    }

    private void validateOptions(String uri, int start) {
        String part = JOB;
        int at = start;
        for (Option option : options) {
            String begin = option.name() + (uri.startsWith(option.name() + "=", at) ? "=" : "");
            if (!uri.startsWith(begin, at)) {
                throw invalidValue(part);
            }
            int value = at + begin.length();
            int end = option.value().isRaw() ? UriPart.end(uri, value) : UriPart.ampersand(uri, value);
            if (option.value().isDynamic()) {
                part = "the option " + option.name();
            }
            if (!isValue(option, uri.substring(value, end))) {
                throw invalidValue(part);
            }
            at = end + 1;
        }
        if (at < uri.length() || (at == uri.length() && !options.isEmpty())) {
            throw invalidValue(part);
        }
    }

    /**
     * Returns whether the text is a valid result for the job. If the job depends on a message, no value may add a
     * question mark, because it would be unclear which question mark ends the job.
     */
    private boolean isJob(String text, String uri) {
        if (!job.matches(text)) {
            return false;
        }
        int questions = (query ? 1 : 0)
                + options.stream().mapToInt(option -> option.value().count('?')).sum();
        return !job.isDynamic()
                || (job.isPath(text)
                        && UriPart.count(uri, '?') == questions
                        && (!isSweep() || job.hasNoAddedGlob(text)));
    }

    private boolean isValue(Option option, String text) {
        UriPart template = option.value();
        if (!template.matches(text)) {
            return false;
        }
        if (!template.isDynamic()) {
            return true;
        }
        if (option.is("operation")
                && FORBIDDEN_IN_MESSAGE.contains(UriPart.decoded(text).strip().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a message must not select the operation sweep or wipe;"
                    + " write operation=sweep or operation=wipe in a separate route");
        }
        return template.isValue(text)
                && (!option.is(GROUPING_KEY) || template.hasSamePairs(text))
                && (!isSweep() || !option.isLabels() || template.hasNoAddedGlob(text));
    }

    private boolean isSweep() {
        return "sweep".equalsIgnoreCase(constant("operation"));
    }

    private static IllegalArgumentException invalidValue(String part) {
        return new IllegalArgumentException("the value of the message for " + part
                + " contains characters that have a special meaning in a URI; set it with a header CamelPushgateway*, or"
                + " replace toD with to, which treats the results of expressions in the job, groupingKey, labels and the"
                + " metric's options as data");
    }
}
