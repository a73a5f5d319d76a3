package io.github.camelpushgateway.client.query;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelpushgateway.api.GroupSample;
import io.github.camelpushgateway.client.transport.MalformedResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one element of a metric in a response. It converts the element to the samples that Prometheus scrapes.
 */
final class SampleReader {

    private final String metric;
    private final SharedTexts texts;
    private final Map<String, String> labels = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    private SampleReader(String metric, SharedTexts texts) {
        this.metric = metric;
        this.texts = texts;
    }

    /** A value whose labels are not yet known, with the additional label of a bucket or a quantile. */
    private record Part(String name, @Nullable String label, String bound, double value) {

        GroupSample with(Map<String, String> labels) {
            if (label == null) {
                return new GroupSample(name, labels, value);
            }
            Map<String, String> extended = new HashMap<>(labels);
            extended.put(label, bound);
            return new GroupSample(name, extended, value);
        }
    }

    /**
     * Reads the element at the current token.
     *
     * @param metric the name of the metric
     * @param parser the parser
     * @param texts caches texts
     * @return samples with all labels that the gateway adds
     */
    static List<GroupSample> read(String metric, JsonParser parser, SharedTexts texts) throws IOException {
        SampleReader reader = new SampleReader(metric, texts);
        ApiResponse.fields(parser, reader::field);
        return reader.parts.stream().map(part -> part.with(reader.labels)).toList();
    }

    private void field(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "labels" ->
                ApiResponse.fields(
                        parser, (label, value) -> labels.put(texts.of(label), texts.of(ApiResponse.text(value))));
            case "value" -> add("", parser);
            case "count", "sum" -> add('_' + name, parser);
            case "quantiles" -> ApiResponse.fields(parser, (quantile, value) -> add("", "quantile", quantile, value));
            case "buckets" -> ApiResponse.fields(parser, (bound, value) -> add("_bucket", "le", bound, value));
            default -> parser.skipChildren();
        }
    }

    private void add(String suffix, JsonParser value) throws IOException {
        add(suffix, null, "", value);
    }

    private void add(String suffix, @Nullable String label, String bound, JsonParser value) throws IOException {
        parts.add(new Part(texts.of(metric + suffix), label, texts.of(bound), number(ApiResponse.text(value))));
    }

    /** Parses a number in the notation of Go. */
    private static double number(String text) throws MalformedResponseException {
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw ApiResponse.malformed(e);
        }
    }
}
