package io.github.camelpushgateway.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line says of one series: name, labels, value. Names of labels are legal and differ. */
final class TextSample {

    private final TextLine line;
    private final String name;
    private final List<String> labelNames = new ArrayList<>(4);
    private final List<String> labelValues = new ArrayList<>(4);
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
        labelNames.add(label);
        labelValues.add(line.quoted());
    }

    private void checkName(String label) {
        if (labelNames.contains(label)) {
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
        if (line.atEnd()) {
            return;
        }
        line.skipBlanks();
        throw line.fault(
                switch (line.peek()) {
                    case '\n' -> "there are blanks at the end of the line; take them away";
                    case '#' -> "an exemplar has no place in this format; leave it out";
                    default ->
                        "something follows the value; a Pushgateway takes no timestamps, and nothing else may stand there";
                });
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
        int index = labelNames.indexOf(label);
        return index < 0 ? null : labelValues.get(index);
    }

    Labels labels() {
        return labelNames.isEmpty()
                ? Labels.EMPTY
                : Labels.of(labelNames.toArray(String[]::new), labelValues.toArray(String[]::new));
    }

    Labels labelsWithout(String label) {
        int index = labelNames.indexOf(label);
        if (index < 0) {
            return labels();
        }
        List<String> names = new ArrayList<>(labelNames);
        List<String> values = new ArrayList<>(labelValues);
        names.remove(index);
        values.remove(index);
        return Labels.of(names, values);
    }

    int lineNumber() {
        return line.number();
    }

    /** Returns an exception that points to the line as a whole. */
    TextFormatException fault(String fault) {
        return new TextFormatException(line.number(), 1, fault);
    }
}
