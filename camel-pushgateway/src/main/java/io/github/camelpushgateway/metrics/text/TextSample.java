package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.LabelRules;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a line says of one series: name, labels, value. Names of labels are legal and differ. */
final class TextSample {

    private final TextLine line;
    private final String name;
    /** Sorted, since client_java sorts what is not by comparing each with each. */
    private final SortedMap<String, String> labels = new TreeMap<>();

    private double value;

    private TextSample(TextLine line, String name) {
        this.line = line;
        this.name = name;
    }

    /** Reads a sample of which the name has been read. */
    static TextSample read(TextLine line, String name) {
        TextSample sample = new TextSample(line, name);
        boolean blank = line.atBlank();
        line.skipBlanks();
        if (line.take('{')) {
            sample.readLabels();
            line.skipBlanks();
        } else if (!blank && !line.atEnd()) {
            throw line.fault("this can neither stand in a name nor follow it; a name has letters, digits,"
                    + " underscores and colons, and a blank stands before the value");
        }
        sample.value = line.number("the value");
        sample.checkEnd();
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
                            : "here the name of a label must stand; it has letters, digits and underscores, and does"
                                    + " not start with a digit");
        }
        checkName(label);
        line.skipBlanks();
        expect('=', "the equals sign after a label's name");
        line.skipBlanks();
        expect('"', "the quotation mark before a label's value");
        labels.put(label, line.quoted());
    }

    private void checkName(String label) {
        if (labels.containsKey(label)) {
            throw line.fault("the label '" + label + "' is there already; leave one of them out");
        }
        try {
            LabelRules.checkName(label);
        } catch (IllegalArgumentException e) {
            throw line.fault(String.valueOf(e.getMessage()));
        }
    }

    private void expect(char expected, String what) {
        if (!line.take(expected)) {
            throw line.fault("here " + what + " must stand");
        }
    }

    private void checkEnd() {
        line.skipBlanks();
        if (!line.atEnd()) {
            throw line.fault(
                    line.peek() == '#'
                            ? "an exemplar has no place in this format; leave it out"
                            : "something follows the value; a Pushgateway takes no timestamps, and nothing else may stand there");
        }
    }

    String name() {
        return name;
    }

    double value() {
        return value;
    }

    /** Returns the value of that label, or null if there is none. */
    @Nullable
    String label(String label) {
        return labels.get(label);
    }

    Labels labels() {
        return of(labels);
    }

    Labels labelsWithout(String label) {
        SortedMap<String, String> others = new TreeMap<>(labels);
        others.remove(label);
        return of(others);
    }

    private static Labels of(SortedMap<String, String> labels) {
        return labels.isEmpty()
                ? Labels.EMPTY
                : Labels.of(
                        labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    int lineNumber() {
        return line.number();
    }

    /** Returns an exception that points to the line as a whole. */
    TextFormatException fault(String fault) {
        return new TextFormatException(line.number(), 1, fault);
    }
}
