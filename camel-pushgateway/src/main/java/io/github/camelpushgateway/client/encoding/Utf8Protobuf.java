package io.github.camelpushgateway.client.encoding;

import io.github.camelpushgateway.metrics.Excerpt;
import io.github.camelpushgateway.metrics.ExposedNames;
import io.github.camelpushgateway.metrics.NameCodec;
import io.github.camelpushgateway.metrics.NameSuffix;
import io.github.camelpushgateway.metrics.RenamedFamilies;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes metrics in protobuf with unescaped names. Only versions of client_java from 1.4 on can do this. */
final class Utf8Protobuf {

    private static final String REMEDY = "; rename it, or use format=text";

    private Utf8Protobuf() {}

    /**
     * Checks that client_java can write such names.
     *
     * @throws IllegalArgumentException if it is too old
     */
    static void checkAvailable() {
        try {
            new PrometheusProtobufWriter()
                    .write(OutputStream.nullOutputStream(), MetricSnapshots.of(), EscapingScheme.ALLOW_UTF8);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "client_java of this application is older than 1.4, so it cannot write UTF-8 names in protobuf; use a"
                            + " newer version of all artifacts prometheus-metrics-*, format=text or escaping=values",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes metrics whose names are in the scheme {@code values}. They are written one by one, because the model of client_java does not
     * allow different types for names that differ only in such characters.
     */
    static void write(PrometheusProtobufWriter writer, MetricSnapshots escaped, OutputStream out) throws IOException {
        for (MetricSnapshot family : escaped) {
            writer.write(out, MetricSnapshots.of(unescaped(family)), EscapingScheme.ALLOW_UTF8);
        }
    }

    private static MetricSnapshot unescaped(MetricSnapshot family) {
        String escaped = ExposedNames.nameOf(family);
        String name = NameCodec.original(escaped);
        if (!name.equals(escaped)) {
            validate(family, name);
        }
        return RenamedFamilies.of(family, name, Utf8Protobuf::unescaped, Utf8Protobuf::unescaped);
    }

    /** Rejects a metric that client_java would rename. */
    private static void validate(MetricSnapshot family, String name) {
        if (!NameSuffix.of(family).isIn(name)) {
            throw new IllegalArgumentException("the counter '" + name
                    + "' has a name without _total, which client_java cannot write in protobuf" + REMEDY);
        }
        if (family instanceof GaugeSnapshot && (name.endsWith(".total") || name.endsWith(".created"))) {
            throw new IllegalArgumentException("the gauge '" + name
                    + "' has a name with the suffix of another type, which client_java removes in protobuf" + REMEDY);
        }
        if (family instanceof StateSetSnapshot) {
            throw new IllegalArgumentException("the state set '" + name
                    + "' has a UTF-8 name, which client_java cannot write in protobuf" + REMEDY);
        }
    }

    private static Labels unescaped(Labels escaped) {
        boolean isEscaped = false;
        for (int i = 0; i < escaped.size(); i++) {
            isEscaped |= NameCodec.isEscaped(escaped.getName(i));
        }
        if (!isEscaped) {
            return escaped;
        }
        Labels.Builder unescaped = Labels.builder();
        for (Label label : escaped) {
            String name = NameCodec.original(label.getName());
            if (!PrometheusNaming.isValidLabelName(name)) {
                throw new IllegalArgumentException("the label '" + Excerpt.text(name)
                        + "' has a name that client_java does not allow in protobuf" + REMEDY);
            }
            unescaped.label(name, label.getValue());
        }
        return unescaped.build();
    }
}
