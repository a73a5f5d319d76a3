package io.github.camelpushgateway.benchmarks.sidebyside;

import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CAMEL_HTTP;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA_TEXT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT_PROTOBUF;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT_WITHOUT_GATEWAY;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.JDK;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.SOCKET;

import java.util.List;

/**
 * Case of the comparison, measured by the JVMs of the contestants in turns.
 *
 * @param name the name on the command line
 * @param title the title in the table
 * @param command the command for a contestant, see {@link ContestantMain}
 * @param warmUpMillis the length of the first turn, which does not count
 * @param millis the length of the other turns
 * @param rounds the number of turns that count for each contestant
 * @param quantity the measured quantity, and the kind of gateway
 * @param clients the contestants for which the case is relevant
 */
record Case(
        String name,
        String title,
        String command,
        int warmUpMillis,
        int millis,
        int rounds,
        Quantity quantity,
        List<Client> clients) {

    private static final List<Client> ALL_CLIENTS = List.of(COMPONENT, CLIENT_JAVA, CAMEL_HTTP, JDK, SOCKET);
    private static final List<Client> ALL_CLIENTS_AND_NO_GATEWAY =
            List.of(COMPONENT, COMPONENT_WITHOUT_GATEWAY, CLIENT_JAVA, CAMEL_HTTP, JDK, SOCKET);
    private static final List<Client> TWO_CLIENTS = List.of(COMPONENT, CLIENT_JAVA);
    private static final List<Client> TWO_CLIENTS_AND_NO_GATEWAY =
            List.of(COMPONENT, COMPONENT_WITHOUT_GATEWAY, CLIENT_JAVA);
    private static final List<Client> TEXT = List.of(COMPONENT, CLIENT_JAVA_TEXT, SOCKET);
    private static final List<Client> PROTOBUF = List.of(COMPONENT_PROTOBUF, CLIENT_JAVA);

    /** All cases in the order of the table. */
    static final List<Case> ALL = List.of(
            new Case("sequence", "one caller in sequence", "sequence 1", 20000, 1500, 7, Quantity.LATENCY, ALL_CLIENTS),
            new Case(
                    "callers-64",
                    "64 callers, one group",
                    "callers 64",
                    2000,
                    1500,
                    5,
                    Quantity.THROUGHPUT,
                    ALL_CLIENTS_AND_NO_GATEWAY),
            new Case(
                    "callers-256",
                    "256 callers, one group",
                    "callers 256",
                    1500,
                    1500,
                    5,
                    Quantity.THROUGHPUT,
                    TWO_CLIENTS),
            new Case(
                    "outstanding-256",
                    "256 outstanding, one group",
                    "outstanding 256",
                    1500,
                    1500,
                    5,
                    Quantity.THROUGHPUT,
                    TWO_CLIENTS_AND_NO_GATEWAY),
            new Case(
                    "groups-64", "64 callers, 64 groups", "groups 64", 3000, 1500, 5, Quantity.THROUGHPUT, ALL_CLIENTS),
            new Case("series", "10,000 series, text", "series 10000", 4000, 800, 5, Quantity.LARGE, TEXT),
            new Case(
                    "series-protobuf",
                    "10,000 series, protobuf",
                    "series 10000",
                    4000,
                    800,
                    5,
                    Quantity.LARGE,
                    PROTOBUF),
            new Case("gauges", "10,000 gauges of a map, text", "gauges 10000", 4000, 800, 5, Quantity.LARGE, TEXT),
            new Case(
                    "gauges-protobuf",
                    "10,000 gauges of a map, protobuf",
                    "gauges 10000",
                    4000,
                    800,
                    5,
                    Quantity.LARGE,
                    PROTOBUF),
            new Case(
                    "full-64",
                    "64 callers, one group, 5,000 other groups",
                    "callers 64",
                    2000,
                    4000,
                    4,
                    Quantity.FULL_GATEWAY,
                    TWO_CLIENTS),
            new Case(
                    "full-256",
                    "256 outstanding, one group, 5,000 other groups",
                    "outstanding 256",
                    2000,
                    6000,
                    3,
                    Quantity.FULL_GATEWAY,
                    TWO_CLIENTS));

    /** Quantity that a case measures, and the kind of gateway. */
    enum Quantity {
        LATENCY,
        THROUGHPUT,
        LARGE,
        /** Throughput with a gateway that has many other groups. */
        FULL_GATEWAY
    }

    /** Returns the command that starts a turn. The first turn has the number 0. */
    String turn(int round) {
        return command + ' ' + (round == 0 ? warmUpMillis : millis);
    }
}
