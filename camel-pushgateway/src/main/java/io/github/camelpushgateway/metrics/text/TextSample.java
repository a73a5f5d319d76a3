package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The name, labels and value of one line. Label names are legal and unique. */
final class TextSample {

    /** The first value beyond the range of a long. */
    private static final double COUNT_LIMIT = 0x1p63;

    private final TextLine line;
    private final String name;
    /** Sorted, since client_java sorts unsorted labels in quadratic time. */
    private final SortedMap<String, String> labels = new TreeMap<>();

    /** Escapes the names of labels, or null. */
    @Nullable
    private final PushNames names;

    /** The original names of the labels, if they are escaped. */
    @Nullable
    private Map<String, String> originals;

    private double value;

    private TextSample(TextLine line, String name, @Nullable PushNames names) {
        this.line = line;
        this.name = name;
        this.names = names;
    }

    /**
     * Reads the rest of a sample whose name has been read.
     *
     * @param names escapes the names of labels, or null to reject those that are not classic
     */
    static TextSample read(TextLine line, String name, @Nullable PushNames names) {
        TextSample sample = new TextSample(line, name, names);
        boolean blank = line.atBlank();
        line.skipBlanks();
        if (line.take('{')) {
            sample.readLabels(true);
            line.skipBlanks();
        } else if (!blank && !line.atEnd()) {
            throw line.fault("unexpected character after the metric name; use letters, digits, underscores and"
                    + " colons in a name, and a blank before the value");
        }
        sample.readValue();
        return sample;
    }

    /** Reads a sample whose quoted name is in the braces. */
    static TextSample readQuoted(TextLine line, PushNames names) {
        line.take('{');
        line.skipBlanks();
        String name = line.quotedName();
        if (name.isEmpty()) {
            throw line.fault("the quoted name of the metric is empty; write a name");
        }
        TextSample sample = new TextSample(line, name, names);
        line.skipBlanks();
        if (line.peek() == '=') {
            throw line.fault("the braces contain no metric name; write it first, as in {\"my.metric\"} 1");
        }
        sample.readLabels(false);
        line.skipBlanks();
        sample.readValue();
        return sample;
    }

    private void readValue() {
        value = line.number("the value");
        validateEnd();
    }

    /** @param first whether the next label is the first element in the braces */
    private void readLabels(boolean first) {
        while (true) {
            line.skipBlanks();
            if (line.take('}')) {
                return;
            }
            if (!first) {
                expect(',', "a comma or the closing brace");
                line.skipBlanks();
                if (line.take('}')) {
                    return;
                }
            }
            first = false;
            readLabel();
        }
    }

    private void readLabel() {
        String label = names != null && line.peek() == '"' ? line.quotedName() : line.labelName();
        if (label.isEmpty()) {
            throw line.fault(
                    names == null && line.peek() == '"'
                            ? "quoted names require the option escaping; set it, for example to escaping=underscores"
                            : line.atEnd()
                                    ? "the brace that closes the labels is missing"
                                    : "expected a label name; use letters, digits and underscores, and do not start with a"
                                            + " digit");
        }
        label = exposed(label);
        line.skipBlanks();
        expect('=', "the equals sign after a label's name");
        line.skipBlanks();
        expect('"', "the quotation mark before a label's value");
        labels.put(label, line.quoted());
    }

    /** Returns the name of a label as it is sent, after its validation. */
    private String exposed(String label) {
        String exposed = label;
        try {
            if (names == null) {
                LabelRules.validateName(label);
            } else {
                exposed = names.series(name, label, originals());
            }
        } catch (IllegalArgumentException e) {
            throw line.fault(String.valueOf(e.getMessage()));
        }
        if (labels.containsKey(exposed)) {
            throw line.fault("duplicate label '" + label + "'; remove one of them");
        }
        return exposed;
    }

    private Map<String, String> originals() {
        Map<String, String> known = originals;
        if (known == null) {
            known = new HashMap<>();
            originals = known;
        }
        return known;
    }

    private void expect(char expected, String what) {
        if (!line.take(expected)) {
            throw line.fault("expected " + what);
        }
    }

    private void validateEnd() {
        line.skipBlanks();
        if (!line.atEnd()) {
            throw line.fault(
                    line.peek() == '#'
                            ? "exemplars are not supported in this format; remove it"
                            : "unexpected text after the value; a Pushgateway does not accept timestamps, and"
                                    + " nothing else is allowed there");
        }
    }

    String name() {
        return name;
    }

    double value() {
        return value;
    }

    /**
     * Returns the value as a number of observations.
     *
     * @param what the description of the value, for the exception
     * @throws TextFormatException if the value is not a whole number that is at least 0 and less than 2^63
     */
    long count(String what) {
        if (!(value >= 0 && value < COUNT_LIMIT) || value != Math.rint(value)) {
            throw fault(what + " is not a whole number from 0 to 2^63; it counts observations");
        }
        return (long) value;
    }

    /**
     * Returns the value as a sum of observations. NaN is rejected: the model reads it as a missing sum, for which a gateway would
     * expose 0.
     *
     * @param of the description of the histogram or summary, for the exception
     * @throws TextFormatException if the value is NaN
     */
    double sum(String of) {
        if (Double.isNaN(value)) {
            throw fault("the sum of " + of + " is NaN, which cannot be stored; remove it");
        }
        return value;
    }

    /** Returns the value of a label, or null if there is no such label. */
    @Nullable
    String label(String labelName) {
        return labels.get(labelName);
    }

    Labels labels() {
        return toLabels(labels);
    }

    Labels labelsWithout(String labelName) {
        SortedMap<String, String> others = new TreeMap<>(labels);
        others.remove(labelName);
        return toLabels(others);
    }

    private static Labels toLabels(SortedMap<String, String> labels) {
        return labels.isEmpty()
                ? Labels.EMPTY
                : Labels.of(
                        labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    int lineNumber() {
        return line.number();
    }

    /** Returns an exception for the beginning of the line. */
    TextFormatException fault(String fault) {
        return new TextFormatException(line.number(), 1, fault);
    }
}
