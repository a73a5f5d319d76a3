package io.github.camelpushgateway.benchmarks.sidebyside;

import java.net.URI;

/** A batch job's JVM, from its start to its end: one push, or none at all to have something to compare with. */
final class OnePush {

    private OnePush() {}

    /**
     * Runs it.
     *
     * @param args the {@link Client}, the URL of the gateway, and {@code push}, or {@code none}
     */
    public static void main(String[] args) throws Exception {
        try (Contestant contestant = Client.valueOf(args[0]).start(URI.create(args[1]))) {
            Push push = args[2].equals("push") ? contestant.one("startup") : contestant.none();
            push.run(1);
        }
        System.exit(0);
    }
}
