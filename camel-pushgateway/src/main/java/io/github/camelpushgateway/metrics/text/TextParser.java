package io.github.camelpushgateway.metrics.text;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;

/** Reads comments and samples, line by line. */
final class TextParser {

    private final TextFamilies families = new TextFamilies();

    MetricSnapshots parse(TextLines lines) throws IOException {
        for (TextLine line = lines.next(); line != null; line = lines.next()) {
            parse(line);
        }
        return families.snapshots();
    }

    private void parse(TextLine line) {
        line.skipBlanks();
        if (line.take('#')) {
            parseComment(line);
        } else if (!line.atEnd()) {
            parseSample(line);
        }
    }

    private void parseSample(TextLine line) {
        String name = line.metricName();
        if (name.isEmpty()) {
            throw line.fault(
                    line.peek() == '{' || line.peek() == '"'
                            ? "names in quotation marks have no place in this format; write the name before the braces"
                            : "here the name of a metric must stand; it has letters, digits, underscores and colons, and"
                                    + " does not start with a digit");
        }
        families.of(name).add(TextSample.read(line, name));
    }

    /** What is neither HELP nor TYPE is for people, and so is either without what it says. */
    private void parseComment(TextLine line) {
        line.skipBlanks();
        String keyword = line.token();
        line.skipBlanks();
        if (line.atEnd() || !(keyword.equals("HELP") || keyword.equals("TYPE"))) {
            return;
        }
        String name = line.metricName();
        if (!line.atEnd() && (name.isEmpty() || !line.atBlank())) {
            throw line.fault(
                    "in " + keyword + " the name of a metric must stand; it has letters, digits, underscores and"
                            + " colons, and does not start with a digit");
        }
        line.skipBlanks();
        if (line.atEnd()) {
            return;
        }
        if (keyword.equals("HELP")) {
            families.of(name).help(line);
        } else {
            families.of(name).type(line);
        }
    }
}
