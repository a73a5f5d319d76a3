package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Metrics in the text format, written by hand. */
final class Exposition {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private Exposition() {}

    static String one(double value) {
        return "# TYPE rows gauge\nrows " + value + '\n';
    }

    static byte[] series(int series) {
        StringBuilder text =
                new StringBuilder("# HELP stage_rows Number of rows processed by a stage.\n# TYPE stage_rows gauge\n");
        for (int i = 0; i < series; i++) {
            text.append("stage_rows{region=\"eu-west\",stage=\"stage-")
                    .append(i)
                    .append("\"} ")
                    .append(i * 1.5)
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    static byte[] gauges(int gauges, double value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < gauges; i++) {
            String name = "stage_rows_" + i;
            text.append("# TYPE ")
                    .append(name)
                    .append(" gauge\n")
                    .append(name)
                    .append(' ')
                    .append(value + i)
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }
}
