package io.github.camelpushgateway.benchmarks.sidebyside;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Result of one measure of one case.
 *
 * @param title the case and the measure
 * @param measure the measure
 * @param figures the figures of each contestant, one for each round
 * @param aims the aims of the component
 */
record Row(String title, Measure measure, Map<Client, List<Double>> figures, List<Aim> aims) {

    static Row jars(String title, double ours, double ofCamelHttp) {
        return new Row(
                title,
                Measure.ALLOCATED,
                Map.of(Client.COMPONENT, List.of(ours), Client.CAMEL_HTTP, List.of(ofCamelHttp)),
                List.of());
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
        return measure.higherIsBetter() ? ratio(other) : 1 / ratio(other);
    }

    /** Returns the smallest and the largest ratio as text. */
    String spread(Client other) {
        List<Double> sorted = ratios(other);
        return String.format(Locale.ROOT, "%.2f to %.2f", sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Returns the aim beside another client as text, or an empty text. */
    String aim(Client other) {
        return aims.stream()
                .filter(aim -> aim.measure() == measure && aim.other() == other)
                .map(Aim::toString)
                .findFirst()
                .orElse("");
    }

    /** Returns a figure with its unit. */
    String format(double figure) {
        return measure.format(figure);
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
