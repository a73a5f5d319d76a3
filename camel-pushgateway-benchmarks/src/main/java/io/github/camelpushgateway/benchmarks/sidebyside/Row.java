package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Result of one case.
 *
 * @param title the case
 * @param unit the displayed unit
 * @param scale the number of measured units in one displayed unit
 * @param higherIsBetter whether larger figures are better, as for throughput
 * @param figures the figures of each contestant, one for each round
 */
record Row(String title, String unit, double scale, boolean higherIsBetter, Map<Client, List<Double>> figures) {

    static Row micros(String title, Map<Client, List<Double>> nanos) {
        return new Row(title, "µs", 1e3, false, nanos);
    }

    static Row millis(String title, Map<Client, List<Double>> nanos) {
        return new Row(title, "ms", 1e6, false, nanos);
    }

    static Row kilobytes(String title, Map<Client, List<Double>> bytes) {
        return new Row(title, "kB", 1e3, false, bytes);
    }

    static Row throughput(String title, Map<Client, List<Double>> perSecond) {
        return new Row(title, "pushes/s", 1, true, perSecond);
    }

    static Row jars(String title, double ours, double ofCamelHttp) {
        return kilobytes(title, Map.of(Client.COMPONENT, List.of(ours), Client.CAMEL_HTTP, List.of(ofCamelHttp)));
    }

    /** Returns the measured clients in their order. */
    List<Client> clients() {
        return Stream.of(Client.values()).filter(figures::containsKey).toList();
    }

    /** Returns the client with which the others are compared. */
    private Client component() {
        return clients().get(0);
    }

    /** Returns whether the others are compared with this client. */
    boolean isComponent(Client client) {
        return client == component();
    }

    /** Returns the median of all rounds. */
    double median(Client client) {
        return median(of(client));
    }

    /**
     * Returns the median of the ratios of all rounds: time, size or throughput of the component as a multiple of the
     * other client.
     */
    double ratio(Client other) {
        return median(ratios(other));
    }

    /** Returns the factor by which the component is better. */
    double improvement(Client other) {
        return higherIsBetter ? ratio(other) : 1 / ratio(other);
    }

    /** Returns the smallest and the largest ratio as text. */
    String spread(Client other) {
        List<Double> sorted = ratios(other);
        return String.format(Locale.ROOT, "%.2f to %.2f", sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Returns a figure with its unit. */
    String format(double figure) {
        double scaled = figure / scale;
        return String.format(Locale.ROOT, scaled < 100 ? "%.1f %s" : "%,.0f %s", scaled, unit);
    }

    private List<Double> ratios(Client other) {
        return IntStream.range(0, of(other).size())
                .mapToObj(round -> of(component()).get(round) / of(other).get(round))
                .sorted()
                .toList();
    }

    private List<Double> of(Client client) {
        return figures.getOrDefault(client, List.of());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
