package io.github.camelpushgateway.benchmarks.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measurement of the cost of one push in a JVM that does nothing else. The cost is the time from start to exit, minus
 * the time of the same JVM without the push, with the same class path and with Camel started.
 */
final class ShortLivedJvm {

    private static final int ROUNDS = 7;
    private static final List<Client> CLIENTS =
            List.of(Client.COMPONENT, Client.CAMEL_HTTP, Client.CLIENT_JAVA, Client.JDK);

    private final Jars jars;
    private final String gateway;

    ShortLivedJvm(Jars jars, String gateway) {
        this.jars = jars;
        this.gateway = gateway;
    }

    List<Row> measure() throws IOException {
        Map<Client, List<Double>> whole = new EnumMap<>(Client.class);
        Map<Client, List<Double>> work = new EnumMap<>(Client.class);
        for (int round = 0; round <= ROUNDS; round++) {
            for (Client client : CLIENTS) {
                double none = run(client, "none");
                double push = run(client, "push");
                // the first round warms up the caches of the machine and does not count
                if (round > 0) {
                    whole.computeIfAbsent(client, first -> new ArrayList<>()).add(push);
                    work.computeIfAbsent(client, first -> new ArrayList<>()).add(push - none);
                }
            }
        }
        return List.of(
                Row.millis("a JVM from start to exit with one push", whole),
                Row.millis("the same, minus a JVM without the push", work));
    }

    private double run(Client client, String mode) throws IOException {
        long begin = System.nanoTime();
        Process process = ContestantJvm.java(
                        jars.classPath(client), OnePush.class.getName(), client.name(), gateway, mode)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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
