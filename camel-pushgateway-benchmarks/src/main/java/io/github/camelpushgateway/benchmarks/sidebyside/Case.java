package io.github.camelpushgateway.benchmarks.sidebyside;

import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CAMEL_HTTP;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA_TEXT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.JDK;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.SOCKET;

import java.util.List;

/** What is measured by turns of JVMs that stay: each case for those to whom it means something. */
enum Case {
    SEQUENCE(
            "one caller in sequence",
            "sequence 1",
            1500,
            7,
            Of.LATENCY,
            COMPONENT,
            CLIENT_JAVA,
            CAMEL_HTTP,
            JDK,
            SOCKET),
    CALLERS_64(
            "64 callers, one group",
            "callers 64",
            2000,
            5,
            Of.THROUGHPUT,
            COMPONENT,
            CLIENT_JAVA,
            CAMEL_HTTP,
            JDK,
            SOCKET),
    CALLERS_256("256 callers, one group", "callers 256", 2000, 5, Of.THROUGHPUT, COMPONENT, CLIENT_JAVA),
    OUTSTANDING_256("256 outstanding, one group", "outstanding 256", 2000, 5, Of.THROUGHPUT, COMPONENT, CLIENT_JAVA),
    GROUPS_64(
            "64 callers, 64 groups",
            "groups 64",
            2000,
            5,
            Of.THROUGHPUT,
            COMPONENT,
            CLIENT_JAVA,
            CAMEL_HTTP,
            JDK,
            SOCKET),
    SERIES(
            "10,000 series in one push",
            "series 10000",
            1000,
            7,
            Of.LARGE,
            COMPONENT,
            CLIENT_JAVA,
            CLIENT_JAVA_TEXT,
            SOCKET),
    GAUGES(
            "10,000 gauges of a map in one push",
            "gauges 10000",
            1500,
            5,
            Of.LARGE,
            COMPONENT,
            CLIENT_JAVA,
            CLIENT_JAVA_TEXT,
            SOCKET),
    FULL_64("64 callers, one group, 5,000 other groups", "callers 64", 4000, 5, Of.FULL, COMPONENT, CLIENT_JAVA),
    FULL_256(
            "256 outstanding, one group, 5,000 other groups",
            "outstanding 256",
            6000,
            3,
            Of.FULL,
            COMPONENT,
            CLIENT_JAVA);

    /** What a case measures, and on which gateway. */
    enum Of {
        LATENCY,
        THROUGHPUT,
        LARGE,
        /** Throughput, on a gateway that has many other groups. */
        FULL
    }

    private final String title;
    private final String command;
    private final int millis;
    private final int rounds;
    private final Of of;
    private final List<Client> clients;

    Case(String title, String command, int millis, int rounds, Of of, Client... clients) {
        this.title = title;
        this.command = command;
        this.millis = millis;
        this.rounds = rounds;
        this.of = of;
        this.clients = List.of(clients);
    }

    String title() {
        return title;
    }

    String command() {
        return command + ' ' + millis;
    }

    int rounds() {
        return rounds;
    }

    Of of() {
        return of;
    }

    List<Client> clients() {
        return clients;
    }
}
