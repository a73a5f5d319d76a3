package io.github.camelpushgateway.metrics.text;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parser of one text. It assigns each comment and sample to a family; the lines of a family may be in any order. */
final class TextParser {

    private final Map<String, TextFamily> families = new LinkedHashMap<>();

    MetricSnapshots parse(LineReader lines) throws IOException {
        for (TextLine line = lines.next(); line != null; line = lines.next()) {
            parse(line);
        }
        return snapshots();
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
                            ? "quoted (UTF-8) names are not supported in the text format 0.0.4; write the metric"
                                    + " name before the braces"
                            : "expected a metric name; use letters, digits, underscores and colons, and do not start"
                                    + " with a digit");
        }
        family(name).add(TextSample.read(line, name));
    }

    /** Parses HELP and TYPE. Ignores other comments, and a HELP or TYPE without content. */
    private void parseComment(TextLine line) {
        line.skipBlanks();
        String keyword = line.token();
        line.skipBlanks();
        if (line.atEnd() || !(keyword.equals("HELP") || keyword.equals("TYPE"))) {
            return;
        }
        String name = line.metricName();
        if (!line.atEnd() && (name.isEmpty() || !line.atBlank())) {
            throw line.fault("expected a metric name after " + keyword
                    + "; use letters, digits, underscores and colons, and do not start with a digit");
        }
        line.skipBlanks();
        if (line.atEnd()) {
            return;
        }
        if (keyword.equals("HELP")) {
            family(name).readHelp(line);
        } else {
            family(name).readType(line);
        }
    }

    /**
     * Returns the family of a sample or comment: the family with exactly this name, or the summary or histogram of which the name
     * denotes a part. Creates the family if there is none.
     */
    private TextFamily family(String name) {
        TextFamily family = families.get(name);
        if (family != null) {
            return family;
        }
        int suffix = name.lastIndexOf('_');
        if (suffix > 0) {
            TextFamily parent = families.get(name.substring(0, suffix));
            if (parent != null && parent.hasPart(name.substring(suffix))) {
                return parent;
            }
        }
        TextFamily created = new TextFamily(name);
        families.put(name, created);
        return created;
    }

    private MetricSnapshots snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        for (TextFamily family : families.values()) {
            if (!family.isEmpty()) {
                snapshots.add(family.snapshot(families.keySet()));
            }
        }
        return new MetricSnapshots(snapshots);
    }
}
