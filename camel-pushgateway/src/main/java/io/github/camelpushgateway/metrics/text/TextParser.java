package io.github.camelpushgateway.metrics.text;

import io.github.camelpushgateway.metrics.PushNames;
import io.github.camelpushgateway.metrics.TextFormatException;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parser of one text. It assigns each comment and sample to a family; the lines of a family may be in any order. */
final class TextParser {

    private static final String QUOTED = "quoted names require the option escaping; set it, for example to"
            + " escaping=underscores, or write the name before the braces without quotation marks";

    private final Map<String, TextFamily> families = new LinkedHashMap<>();

    /** Escapes names, or null to reject those that are not classic. */
    @Nullable
    private final PushNames names;

    TextParser(@Nullable PushNames names) {
        this.names = names;
    }

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
        if (!name.isEmpty()) {
            family(name).add(TextSample.read(line, name, names));
        } else if (names != null && line.peek() == '{') {
            TextSample sample = TextSample.readQuoted(line, names);
            family(sample.name()).add(sample);
        } else {
            throw nameFault(line);
        }
    }

    private TextFormatException nameFault(TextLine line) {
        if (line.peek() != '{' && line.peek() != '"') {
            return line.fault("expected a metric name; use letters, digits, underscores and colons, and do not start"
                    + " with a digit");
        }
        return line.fault(
                names == null ? QUOTED : "a quoted metric name must be in the braces, as in {\"my.metric\"} 1");
    }

    /** Parses HELP and TYPE. Ignores other comments, and a HELP or TYPE without content. */
    private void parseComment(TextLine line) {
        line.skipBlanks();
        String keyword = line.token();
        line.skipBlanks();
        if (line.atEnd() || !(keyword.equals("HELP") || keyword.equals("TYPE"))) {
            return;
        }
        String name = line.peek() == '"' && names != null ? line.quotedName() : line.metricName();
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
        PushNames escaping = names;
        if (escaping != null) {
            return snapshots(escaping);
        }
        List<MetricSnapshot> snapshots = new ArrayList<>();
        families.forEach((name, family) -> {
            if (!family.isEmpty()) {
                snapshots.add(family.snapshot(name, families.keySet()));
            }
        });
        return new MetricSnapshots(snapshots);
    }

    private MetricSnapshots snapshots(PushNames escaping) {
        Map<String, String> exposed = new LinkedHashMap<>();
        families.forEach((name, family) -> {
            if (!family.isEmpty()) {
                exposed.put(name, escaping.metric(name));
            }
        });
        List<MetricSnapshot> snapshots = new ArrayList<>();
        exposed.forEach((name, escaped) -> {
            MetricSnapshot snapshot = Objects.requireNonNull(families.get(name)).snapshot(escaped, exposed.values());
            escaping.ownParts(name, snapshot);
            snapshots.add(snapshot);
        });
        return new MetricSnapshots(snapshots);
    }
}
