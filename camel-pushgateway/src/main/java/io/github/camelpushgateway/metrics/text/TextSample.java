package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.Labels;
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

    private double value;

    private TextSample(TextLine line, String name) {
        this.line = line;
        this.name = name;
    }

    /** Reads the rest of a sample whose name has been read. */
    static TextSample read(TextLine line, String name) {
        TextSample sample = new TextSample(line, name);
        boolean blank = line.atBlank();
        line.skipBlanks();
        if (line.take('{')) {
            sample.readLabels();
            line.skipBlanks();
        } else if (!blank && !line.atEnd()) {
            throw line.fault("unexpected character after the metric name; use letters, digits, underscores and"
                    + " colons in a name, and a blank before the value");
        }
        sample.value = line.number("the value");
        sample.validateEnd();
        return sample;
    }

    private void readLabels() {
        boolean first = true;
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
        String label = line.labelName();
        if (label.isEmpty()) {
            throw line.fault(
                    line.atEnd()
                            ? "the brace that closes the labels is missing"
                            : "expected a label name; use letters, digits and underscores, and do not start with a"
                                    + " digit");
        }
        validateName(label);
        line.skipBlanks();
        expect('=', "the equals sign after a label's name");
        line.skipBlanks();
        expect('"', "the quotation mark before a label's value");
        labels.put(label, line.quoted());
    }

    private void validateName(String label) {
        if (labels.containsKey(label)) {
            throw line.fault("duplicate label '" + label + "'; remove one of them");
        }
        try {
            LabelRules.validateName(label);
        } catch (IllegalArgumentException e) {
            throw line.fault(String.valueOf(e.getMessage()));
        }
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
