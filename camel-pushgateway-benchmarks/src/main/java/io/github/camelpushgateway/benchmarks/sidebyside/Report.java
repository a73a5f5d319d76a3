package io.github.camelpushgateway.benchmarks.sidebyside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Table of all rows. It is printed to the console row by row, and written to a file for the documentation at the end. */
final class Report {

    private final List<Row> rows = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String added = "";

    void machine() throws IOException {
        append(
                "Measured with %d processors (%s), %s %s, Java %s. ",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        return Files.readAllLines(info, UTF_8).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    void gateway(Pushgateway gateway) {
        if (rows.isEmpty()) {
            append("Pushgateway %s.%n", gateway.version());
        }
    }

    void add(List<Row> measured) {
        measured.forEach(this::add);
    }

    void add(Row row) {
        if (rows.isEmpty()) {
            append(
                    "%n[cols=\"3,3,2,1,2,1\",options=\"header\"]%n|===%n| case | client | median | ratio | range of the rounds | aim%n");
        }
        rows.add(row);
        for (Client client : row.clients()) {
            boolean component = row.isComponent(client);
            append(
                    "| %s | %s | %s | %s | %s | %s%n",
                    component ? "\n*" + row.title() + "*" : "",
                    client.title(),
                    row.format(row.median(client)),
                    component ? "" : String.format(Locale.ROOT, "%.2f ×", row.ratio(client)),
                    component ? "" : row.spread(client),
                    component ? "" : row.aim(client));
        }
    }

    void jars(Jars jars) {
        List<Path> ours = jars.ofComponent();
        List<Path> theirs = jars.ofCamelHttp();
        add(Row.jars(
                "jars that it adds to Camel (" + ours.size() + " and " + theirs.size() + ")",
                Jars.bytes(ours),
                Jars.bytes(theirs)));
        added = String.format("The component adds to Camel: %s. camel-http adds: %s.%n", names(ours), names(theirs));
    }

    private static String names(List<Path> jars) {
        return jars.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.joining(", "));
    }

    private void append(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        System.out.print(line);
        System.out.flush();
        text.append(line);
    }

    void write(Path folder) throws IOException {
        if (!rows.isEmpty()) {
            append("|===%n%n%s", added);
        }
        Files.writeString(folder.resolve("side-by-side.adoc"), text, UTF_8);
        Files.writeString(folder.resolve("side-by-side.svg"), new BarChart(rows).svg(), UTF_8);
    }
}
