package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Source of Prometheus and promtool. An {@link IOException} reports why the source is not available. Any later
 * failure is an {@link IllegalStateException}.
 */
interface PrometheusSource {

    /** Starts Prometheus with the {@code prometheus.yml} of a folder. */
    Prometheus start(int major, Path folder) throws IOException;

    /** Runs promtool in a folder, and waits until it ends. */
    Promtool.Result promtool(int major, Path folder, List<String> arguments) throws IOException;

    /** A call of a source, tried on one source after another. */
    interface SourceCall<T> {
        T on(PrometheusSource source) throws IOException;
    }

    /** Returns the result of the first available source. */
    static <T> T first(String what, int major, SourceCall<T> call) {
        Logger log = LoggerFactory.getLogger(PrometheusSource.class);
        List<String> reasons = new ArrayList<>();
        for (PrometheusSource source : SourceOrder.of(new PrometheusContainerSource(), new PrometheusPathSource())) {
            try {
                return call.on(source);
            } catch (IOException e) {
                log.debug("No {}: {}", what, e.getMessage(), e);
                reasons.add(e.getMessage());
            }
        }
        throw new PrometheusMissingException(
                "no " + what + " of version " + major + " is available: " + String.join("; ", reasons));
    }
}
