package io.github.camelpushgateway.test.infra;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs promtool, which checks and tests the files of Prometheus: that of the container {@code prom/prometheus}, or else the one on
 * the PATH.
 */
public final class Promtool {

    private Promtool() {}

    /**
     * Runs it in a folder of files, to its end.
     *
     * @param major the major version, 2 or 3
     * @param arguments such as {@code "test", "rules", "alerts-test.yml"}, with names relative to the folder
     * @throws PrometheusMissingException if there is none of this version
     */
    public static Result run(int major, Path folder, String... arguments) {
        return PrometheusSource.first("promtool", major, source -> source.promtool(major, folder, List.of(arguments)));
    }

    /**
     * How it ended.
     *
     * @param status its exit status: 0 if all is well
     * @param output all that it printed
     */
    public record Result(int status, String output) {}
}
