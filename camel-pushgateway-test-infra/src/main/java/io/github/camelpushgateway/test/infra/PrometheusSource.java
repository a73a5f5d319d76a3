package io.github.camelpushgateway.test.infra;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way to Prometheus and to its promtool. An {@link IOException} tells why this way leads to none; whatever fails later is an
 * {@link IllegalStateException}.
 */
interface PrometheusSource {

    /** Starts it with the {@code prometheus.yml} of a folder. */
    Prometheus start(int major, Path folder) throws IOException;

    /** Runs promtool in a folder to its end. */
    Promtool.Result promtool(int major, Path folder, List<String> arguments) throws IOException;

    /** What is wanted of a source. */
    interface Wish<T> {
        T from(PrometheusSource source) throws IOException;
    }

    /** Takes the first source that can fulfil the wish. */
    static <T> T first(String what, int major, Wish<T> wish) {
        Logger log = LoggerFactory.getLogger(PrometheusSource.class);
        List<String> reasons = new ArrayList<>();
        for (PrometheusSource source : SourceOrder.of(new PrometheusContainerSource(), new PrometheusProgramSource())) {
            try {
                return wish.from(source);
            } catch (IOException e) {
                log.debug("No {}: {}", what, e.getMessage(), e);
                reasons.add(e.getMessage());
            }
        }
        throw new PrometheusMissingException(
                what + " of version " + major + " cannot be had: " + String.join("; ", reasons));
    }
}
