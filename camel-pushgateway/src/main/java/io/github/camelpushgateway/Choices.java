package io.github.camelpushgateway;

import io.github.camelpushgateway.client.Compression;
import io.github.camelpushgateway.client.Distribution;
import io.github.camelpushgateway.client.Format;
import io.github.camelpushgateway.metrics.MetricType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses what is none of the words that an option takes, and names these, which Camel does not. */
final class Choices {

    private static final Map<String, Enum<?>[]> OPTIONS = Map.of(
            "operation", PushgatewayOperation.values(),
            "metricType", MetricType.values(),
            "format", Format.values(),
            "compression", Compression.values(),
            "distribution", Distribution.values(),
            "onPushFailure", PushFailurePolicy.values());

    private Choices() {}

    static void check(Map<String, Object> parameters) {
        OPTIONS.forEach((option, choices) -> {
            if (parameters.get(option) instanceof String text
                    && !text.startsWith("#")
                    && Arrays.stream(choices).noneMatch(choice -> choice.name().equalsIgnoreCase(text))) {
                throw new IllegalArgumentException(option + " is '" + text + "', which is none of "
                        + Arrays.stream(choices)
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
            }
        });
    }
}
