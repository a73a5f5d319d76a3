package io.github.camelpushgateway.benchmarks.sidebyside;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The whole comparison: starts the gateway and the JVMs, lets these take turns, case by case and round by round, and writes
 * what they measured as a table and as a drawing.
 */
final class SideBySide {

    private static final int OTHER_GROUPS = 5_000;

    private final Jars jars;
    private final Report report = new Report();

    private SideBySide(Jars jars) {
        this.jars = jars;
    }

    /**
     * Runs it.
     *
     * @param args the folder in which Maven has put what it knows of jars, and then the names of cases; all if there is none
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> wanted = args.length < 2 ? List.of() : List.of(args[1].split(",", -1));
        SideBySide all = new SideBySide(Jars.in(folder));
        all.report.machine();
        all.onGateway(wanted, false);
        all.onGateway(wanted, true);
        if (isWanted(wanted, "jars")) {
            all.report.jars(all.jars);
        }
        all.report.write(folder);
        System.exit(0);
    }

    private static boolean isWanted(List<String> wanted, String name) {
        return wanted.isEmpty() || wanted.contains(name);
    }

    private void onGateway(List<String> wanted, boolean full) throws Exception {
        List<Case> cases = Case.ALL.stream()
                .filter(next -> isWanted(wanted, next.name()))
                .filter(next -> (next.of() == Case.Of.FULL) == full)
                .toList();
        boolean starts = !full && isWanted(wanted, "jvm");
        if (cases.isEmpty() && !starts) {
            return;
        }
        try (Pushgateway gateway = Pushgateway.start()) {
            report.gateway(gateway);
            if (full) {
                fill(gateway.url());
            }
            measure(cases, gateway.url());
            if (starts) {
                report.add(new WholeJvm(jars, gateway.url()).measure());
            }
        }
    }

    private static void fill(String gateway) throws Exception {
        try (SocketContestant socket = new SocketContestant(URI.create(gateway))) {
            for (int i = 0; i < OTHER_GROUPS; i++) {
                socket.one("other-" + i).run(i);
            }
        }
    }

    private void measure(List<Case> cases, String gateway) throws IOException {
        Set<Client> clients = EnumSet.noneOf(Client.class);
        cases.forEach(next -> clients.addAll(next.clients()));
        Map<Client, ContestantJvm> jvms = new EnumMap<>(Client.class);
        try {
            for (Client client : clients) {
                jvms.put(client, new ContestantJvm(client, jars.classPath(client), gateway));
            }
            for (Case next : cases) {
                measure(next, jvms);
            }
        } finally {
            for (ContestantJvm jvm : jvms.values()) {
                jvm.close();
            }
        }
    }

    /** The first round warms up, and does not count. */
    private void measure(Case next, Map<Client, ContestantJvm> jvms) throws IOException {
        List<Map<Client, List<Double>>> figures = List.of(new HashMap<>(), new HashMap<>());
        for (int round = 0; round <= next.rounds(); round++) {
            List<Client> turn = new ArrayList<>(next.clients());
            Collections.rotate(turn, round);
            for (Client client : turn) {
                double[] measured = Objects.requireNonNull(jvms.get(client)).turn(next.turn(round));
                for (int i = 0; i < measured.length && round > 0; i++) {
                    figures.get(i)
                            .computeIfAbsent(client, first -> new ArrayList<>())
                            .add(measured[i]);
                }
            }
        }
        switch (next.of()) {
            case LATENCY -> report.add(Row.micros(next.title(), figures.get(0)));
            case LARGE -> {
                report.add(Row.millis(next.title() + ", time", figures.get(0)));
                report.add(Row.kilobytes(next.title() + ", allocated", figures.get(1)));
            }
            case THROUGHPUT, FULL -> report.add(Row.throughput(next.title(), figures.get(0)));
        }
    }
}
