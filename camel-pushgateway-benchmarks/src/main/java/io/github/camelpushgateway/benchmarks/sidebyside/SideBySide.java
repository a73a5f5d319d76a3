package io.github.camelpushgateway.benchmarks.sidebyside;

import io.github.camelpushgateway.test.infra.Pushgateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Main class of the comparison. It starts the gateway and the JVMs, which measure in turns, case by case and round by
 * round. It writes the results as a table and as a chart.
 */
final class SideBySide {

    private static final int OTHER_GROUPS = 5_000;

    private final Path folder;
    private final Jars jars;
    private final Report report = new Report();

    private SideBySide(Path folder) throws IOException {
        this.folder = folder;
        jars = Jars.in(folder);
    }

    /**
     * Runs the comparison.
     *
     * @param args the folder in which Maven has written the lists of jars, and then the names of cases; without
     *     names, all cases run
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        List<String> selected = args.length < 2 ? List.of() : List.of(args[1].split(",", -1));
        SideBySide all = new SideBySide(folder);
        all.report.machine();
        all.onGateway(selected, false);
        all.onGateway(selected, true);
        if (isSelected(selected, "jars")) {
            all.report.jars(all.jars);
        }
        all.report.write(folder);
        System.exit(0);
    }

    private static boolean isSelected(List<String> selected, String name) {
        return selected.isEmpty() || selected.contains(name);
    }

    private void onGateway(List<String> selected, boolean full) throws Exception {
        List<Case> cases = Case.ALL.stream()
                .filter(next -> isSelected(selected, next.name()))
                .filter(next -> next.isOnFullGateway() == full)
                .toList();
        boolean shortLived = !full && isSelected(selected, "jvm");
        if (cases.isEmpty() && !shortLived) {
            return;
        }
        try (Pushgateway gateway = Pushgateway.start()) {
            report.gateway(gateway);
            if (full) {
                fill(gateway.url());
            }
            measure(cases, gateway.url());
            if (shortLived) {
                report.add(new ShortLivedJvm(jars, folder, gateway.url()).measure());
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

    /** Measures a case. The first round is a warm-up and does not count. */
    private void measure(Case next, Map<Client, ContestantJvm> jvms) throws IOException {
        Map<Measure, Map<Client, List<Double>>> figures = new EnumMap<>(Measure.class);
        for (int round = 0; round <= next.turns().rounds(); round++) {
            List<Client> turn = new ArrayList<>(next.clients());
            Collections.rotate(turn, round);
            for (Client client : turn) {
                Map<Measure, Double> measured = Objects.requireNonNull(jvms.get(client))
                        .turn(next.turns().command(round));
                if (round > 0) {
                    measured.forEach(
                            (measure, figure) -> figures.computeIfAbsent(measure, first -> new EnumMap<>(Client.class))
                                    .computeIfAbsent(client, first -> new ArrayList<>())
                                    .add(figure));
                }
            }
        }
        for (Measure measure : next.measures()) {
            report.add(new Row(
                    measure.of(next.title()), measure, Objects.requireNonNull(figures.get(measure)), next.aims()));
        }
    }
}
