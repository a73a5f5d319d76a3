package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricType;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The help text, the type and the samples of one metric name. */
final class TextFamily {

    private static final int MAX_TYPE_LENGTH = "histogram".length();

    private final String name;

    @Nullable
    private String help;

    @Nullable
    private TextSeries series;

    private boolean empty = true;

    TextFamily(String name) {
        this.name = name;
    }

    void readHelp(TextLine line) {
        if (help != null) {
            throw line.fault("'" + name + "' has a second HELP; remove one of them");
        }
        help = line.escapedRest();
    }

    void readType(TextLine line) {
        if (series != null) {
            throw line.fault("the type of '" + name
                    + "' is already set by another TYPE or by a sample; write TYPE once, before the samples");
        }
        series = switch (lowerCase(line.peekRestWithoutTrailingBlanks())) {
            case "gauge" -> new ValueSeries(name, MetricType.GAUGE);
            case "counter" -> new ValueSeries(name, MetricType.COUNTER);
            case "untyped" -> new ValueSeries(name, MetricType.UNTYPED);
            case "summary" -> new SummarySeries(name);
            case "histogram" -> new HistogramSeries(name);
            default -> throw line.fault("unknown metric type; use counter, gauge, histogram, summary or untyped");
        };
    }

    /**
     * Returns the text in lower case, unless it is too long to be a type. The conversion of a long text may lengthen it at each character
     * and copy it each time.
     */
    private static String lowerCase(String text) {
        return text.length() > MAX_TYPE_LENGTH ? text : text.toLowerCase(Locale.ROOT);
    }

    void add(TextSample sample) {
        if (series == null) {
            series = new ValueSeries(name, MetricType.UNTYPED);
        }
        series.add(sample);
        empty = false;
    }

    /** Returns whether the suffix denotes a part of this family, as {@code _count} does for a summary. */
    boolean hasPart(String suffix) {
        return series != null && series.hasPart(suffix);
    }

    boolean isEmpty() {
        return empty;
    }

    /**
     * Returns the samples as a snapshot.
     *
     * @param exposedName the name of this family, escaped if names are escaped
     * @param exposedNames the names of all families of the text, in the same form
     */
    MetricSnapshot snapshot(String exposedName, Collection<String> exposedNames) {
        if (series == null) {
            throw new IllegalStateException("the family " + name + " is empty");
        }
        return series.snapshot(exposedName, help, exposedNames);
    }
}
