package io.github.camelpushgateway.test.infra;

import java.nio.file.Path;
import java.util.List;

/**
 * Runner of promtool, which validates and tests configuration files of Prometheus. It uses the container {@code
 * prom/prometheus}, or otherwise the program on the PATH.
 */
public final class Promtool {

    private Promtool() {}

    /**
     * Runs promtool in a folder, and waits until it ends.
     *
     * @param major the major version, 2 or 3
     * @param folder the folder with the files
     * @param arguments such as {@code "test", "rules", "alerts-test.yml"}, with names relative to the folder
     * @throws PrometheusMissingException if this version is not available
     */
    public static Result run(int major, Path folder, String... arguments) {
        return PrometheusSource.first("promtool", major, source -> source.promtool(major, folder, List.of(arguments)));
    }

    /**
     * Result of a run.
     *
     * @param status the exit status, 0 on success
     * @param output the complete output
     */
    public record Result(int status, String output) {}
}
