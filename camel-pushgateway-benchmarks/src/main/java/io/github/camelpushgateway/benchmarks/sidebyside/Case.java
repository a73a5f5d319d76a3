package io.github.camelpushgateway.benchmarks.sidebyside;

import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CAMEL_HTTP;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA_READY;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA_TEXT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT_PROTOBUF;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT_WITHOUT_GATEWAY;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.JDK;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.SOCKET;
import static io.github.camelpushgateway.benchmarks.sidebyside.Measure.ALLOCATED;
import static io.github.camelpushgateway.benchmarks.sidebyside.Measure.MEDIAN;
import static io.github.camelpushgateway.benchmarks.sidebyside.Measure.P99;
import static io.github.camelpushgateway.benchmarks.sidebyside.Measure.PROCESSOR;
import static io.github.camelpushgateway.benchmarks.sidebyside.Measure.THROUGHPUT;

import java.util.List;

/**
 * Case of the comparison, measured by the JVMs of the contestants in turns.
 *
 * @param name the name on the command line
 * @param title the title in the table
 * @param turns the turns
 * @param isOnFullGateway whether the gateway has many other groups
 * @param measures the quantities in the table
 * @param clients the contestants for which the case is relevant
 * @param aims the aims of the component
 */
record Case(
        String name,
        String title,
        Turn turns,
        boolean isOnFullGateway,
        List<Measure> measures,
        List<Client> clients,
        List<Aim> aims) {

    private static final List<Client> ALL_CLIENTS = List.of(COMPONENT, CLIENT_JAVA, CAMEL_HTTP, JDK, SOCKET);
    private static final List<Client> TWO_CLIENTS = List.of(COMPONENT, CLIENT_JAVA);
    private static final List<Measure> LARGE = List.of(MEDIAN, ALLOCATED);

    /** All cases in the order of the table. */
    static final List<Case> ALL = List.of(
            new Case(
                    "sequence",
                    "one caller in sequence",
                    new Turn("sequence 1", 40000, 1500, 15),
                    false,
                    List.of(MEDIAN, P99, PROCESSOR, ALLOCATED),
                    ALL_CLIENTS,
                    List.of(
                            new Aim(MEDIAN, CLIENT_JAVA, 0.95),
                            new Aim(MEDIAN, CAMEL_HTTP, 0.95),
                            new Aim(MEDIAN, SOCKET, 1.15),
                            new Aim(PROCESSOR, SOCKET, 2),
                            new Aim(ALLOCATED, CLIENT_JAVA, 0.35))),
            new Case(
                    "callers-64",
                    "64 callers, one group",
                    new Turn("callers 64", 2000, 1500, 5),
                    false,
                    List.of(THROUGHPUT, P99),
                    List.of(COMPONENT, COMPONENT_WITHOUT_GATEWAY, CLIENT_JAVA, CAMEL_HTTP, JDK, SOCKET),
                    List.of(new Aim(THROUGHPUT, CLIENT_JAVA, 22))),
            new Case(
                    "callers-256",
                    "256 callers, one group",
                    new Turn("callers 256", 1500, 1500, 5),
                    false,
                    List.of(THROUGHPUT),
                    TWO_CLIENTS,
                    List.of()),
            new Case(
                    "outstanding-256",
                    "256 outstanding, one group",
                    new Turn("outstanding 256", 1500, 1500, 5),
                    false,
                    List.of(THROUGHPUT),
                    List.of(COMPONENT, COMPONENT_WITHOUT_GATEWAY, CLIENT_JAVA),
                    List.of(new Aim(THROUGHPUT, CLIENT_JAVA, 85))),
            new Case(
                    "groups-64",
                    "64 callers, 64 groups",
                    new Turn("groups 64", 10000, 1500, 9),
                    false,
                    List.of(THROUGHPUT, P99, PROCESSOR),
                    ALL_CLIENTS,
                    List.of(
                            new Aim(THROUGHPUT, CLIENT_JAVA, 1.1),
                            new Aim(THROUGHPUT, CAMEL_HTTP, 1.1),
                            new Aim(THROUGHPUT, SOCKET, 0.9))),
            new Case(
                    "series",
                    "10,000 series, text",
                    new Turn("series 10000", 4000, 800, 5),
                    false,
                    LARGE,
                    List.of(COMPONENT, CLIENT_JAVA_TEXT, SOCKET),
                    List.of(new Aim(MEDIAN, CLIENT_JAVA_TEXT, 0.6), new Aim(ALLOCATED, CLIENT_JAVA_TEXT, 0.5))),
            new Case(
                    "series-protobuf",
                    "10,000 series, protobuf",
                    new Turn("series 10000", 4000, 800, 5),
                    false,
                    LARGE,
                    List.of(COMPONENT_PROTOBUF, CLIENT_JAVA),
                    List.of(new Aim(MEDIAN, CLIENT_JAVA, 1.05))),
            new Case(
                    "gauges",
                    "10,000 gauges of a map, text",
                    new Turn("gauges 10000", 4000, 800, 5),
                    false,
                    LARGE,
                    List.of(COMPONENT, CLIENT_JAVA_TEXT, CLIENT_JAVA_READY, SOCKET),
                    List.of(new Aim(MEDIAN, CLIENT_JAVA_READY, 1), new Aim(ALLOCATED, CLIENT_JAVA_READY, 0.6))),
            new Case(
                    "gauges-protobuf",
                    "10,000 gauges of a map, protobuf",
                    new Turn("gauges 10000", 4000, 800, 5),
                    false,
                    LARGE,
                    List.of(COMPONENT_PROTOBUF, CLIENT_JAVA),
                    List.of()),
            new Case(
                    "full-64",
                    "64 callers, one group, 5,000 other groups",
                    new Turn("callers 64", 2000, 4000, 4),
                    true,
                    List.of(THROUGHPUT),
                    TWO_CLIENTS,
                    List.of(new Aim(THROUGHPUT, CLIENT_JAVA, 60))),
            new Case(
                    "full-256",
                    "256 outstanding, one group, 5,000 other groups",
                    new Turn("outstanding 256", 2000, 6000, 3),
                    true,
                    List.of(THROUGHPUT),
                    TWO_CLIENTS,
                    List.of(new Aim(THROUGHPUT, CLIENT_JAVA, 200))));

    /**
     * Turns of each contestant.
     *
     * @param command the command for a contestant, see {@link ContestantMain}
     * @param warmUpMillis the length of the first turn, which does not count
     * @param millis the length of the other turns
     * @param rounds the number of turns that count
     */
    record Turn(String command, int warmUpMillis, int millis, int rounds) {

        /** Returns the command that starts a turn. The first turn has the number 0. */
        String command(int round) {
            return command + ' ' + (round == 0 ? warmUpMillis : millis);
        }
    }
}
