package io.github.camelpushgateway.client;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes metrics in protobuf, as <a href="https://github.com/prometheus/client_model">delimited messages</a>. */
final class ProtobufEncoder implements FormatEncoder {

    private final PrometheusProtobufWriter writer = new PrometheusProtobufWriter();

    @Override
    public Payload encode(MetricSnapshots snapshots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            // names are checked to need no escaping
            writer.write(bytes, snapshots, EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Payload(writer.getContentType(), null, bytes.toByteArray());
    }
}
