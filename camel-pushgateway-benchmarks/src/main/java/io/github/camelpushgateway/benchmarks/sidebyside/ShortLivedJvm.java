package io.github.camelpushgateway.benchmarks.sidebyside;

import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CAMEL;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CAMEL_HTTP;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.CLIENT_JAVA;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.COMPONENT;
import static io.github.camelpushgateway.benchmarks.sidebyside.Client.JDK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measurement of the cost of one push in a JVM that does nothing else. The cost is the time from start to exit, less
 * the time of the same JVM, with the same class path and with Camel started, without the push. The JVMs are measured
 * with and without an archive of their classes (AppCDS).
 */
final class ShortLivedJvm {

    private static final int ROUNDS = 7;
    private static final List<Client> CLIENTS = List.of(COMPONENT, CAMEL_HTTP, CLIENT_JAVA, JDK);
    private static final List<Aim> AIMS =
            List.of(new Aim(Measure.MEDIAN, CAMEL_HTTP, 0.83), new Aim(Measure.MEDIAN, CAMEL, 1.25));

    private final Jars jars;
    private final Path folder;
    private final String gateway;

    /**
     * Creates a measurement.
     *
     * @param folder the folder for the archives
     */
    ShortLivedJvm(Jars jars, Path folder, String gateway) {
        this.jars = jars;
        this.folder = folder;
        this.gateway = gateway;
    }

    List<Row> measure() throws IOException {
        Map<Client, List<Double>> whole = new EnumMap<>(Client.class);
        Map<Client, List<Double>> work = new EnumMap<>(Client.class);
        Map<Client, List<Double>> archived = new EnumMap<>(Client.class);
        for (Client client : CLIENTS) {
            run(client, "push", "-XX:ArchiveClassesAtExit=" + archive(client));
        }
        for (int round = 0; round <= ROUNDS; round++) {
            for (Client client : CLIENTS) {
                double none = run(client, "none", "-Xshare:auto");
                double push = run(client, "push", "-Xshare:auto");
                double shared = run(client, "push", "-XX:SharedArchiveFile=" + archive(client));
                // the first round warms up the caches of the machine
                if (round > 0) {
                    add(whole, client, push);
                    add(work, client, push - none);
                    add(archived, client, shared);
                    if (client == COMPONENT) {
                        add(whole, CAMEL, none);
                    }
                }
            }
        }
        for (Client client : CLIENTS) {
            Files.deleteIfExists(archive(client));
        }
        return List.of(
                new Row("a JVM from start to exit with one push", Measure.MEDIAN, whole, AIMS),
                new Row("the same, minus a JVM without the push", Measure.MEDIAN, work, List.of()),
                new Row("the same JVM with an archive of its classes", Measure.MEDIAN, archived, List.of()));
    }

    private static void add(Map<Client, List<Double>> figures, Client client, double nanos) {
        figures.computeIfAbsent(client, first -> new ArrayList<>()).add(nanos);
    }

    private Path archive(Client client) {
        return folder.resolve(client + ".jsa");
    }

    private double run(Client client, String what, String option) throws IOException {
        ProcessBuilder java =
                ContestantJvm.java(jars.classPathOfJars(client), OnePush.class.getName(), client.name(), gateway, what);
        java.command().add(1, option);
        long begin = System.nanoTime();
        Process process = java.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(client.title() + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return System.nanoTime() - begin;
    }
}
