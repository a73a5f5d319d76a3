package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.MetricType;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a text says of one name: its help, its type, its samples. */
final class TextFamily {

    private static final int LONGEST_TYPE = "histogram".length();

    private final String name;

    @Nullable
    private String help;

    @Nullable
    private TextSeries series;

    private boolean empty = true;

    TextFamily(String name) {
        this.name = name;
    }

    void help(TextLine line) {
        if (help != null) {
            throw line.fault("there is a HELP for '" + name + "' already; leave one of them out");
        }
        help = line.escapedRest();
    }

    void type(TextLine line) {
        if (series != null) {
            throw line.fault("the type of '" + name
                    + "' is settled already, by another TYPE or by a sample; write TYPE once, before the samples");
        }
        series = switch (word(line.peekRestWithoutTrailingBlanks())) {
            case "gauge" -> new ValueSeries(name, MetricType.GAUGE);
            case "counter" -> new ValueSeries(name, MetricType.COUNTER);
            case "untyped" -> new ValueSeries(name, MetricType.UNTYPED);
            case "summary" -> new SummarySeries(name);
            case "histogram" -> new HistogramSeries(name);
            default ->
                throw line.fault("this is no type; a Pushgateway takes counter, gauge, histogram, summary and untyped");
        };
    }

    /** Lower-casing a text may make it longer sign by sign, and copies it each time: only words are lower-cased. */
    private static String word(String text) {
        return text.length() > LONGEST_TYPE ? text : text.toLowerCase(Locale.ROOT);
    }

    void add(TextSample sample) {
        if (series == null) {
            series = new ValueSeries(name, MetricType.UNTYPED);
        }
        series.add(sample);
        empty = false;
    }

    /** Tells whether that ending makes a part of this family, as {@code _count} does of a summary. */
    boolean hasPart(String ending) {
        return series != null && series.hasPart(ending);
    }

    boolean isEmpty() {
        return empty;
    }

    /** @param names those of all families of the text */
    MetricSnapshot snapshot(Set<String> names) {
        if (series == null) {
            throw new IllegalStateException("the family " + name + " is empty");
        }
        return series.snapshot(help, names);
    }
}
