package io.github.camelpushgateway.benchmarks.sidebyside;

import java.net.URI;

/** Main class of a short-lived JVM: it sends one push, or none for comparison. */
final class OnePush {

    private OnePush() {}

    /**
     * Runs the job.
     *
     * @param args the {@link Client}, the URL of the gateway, and {@code push} or {@code none}
     */
    public static void main(String[] args) throws Exception {
        try (Contestant contestant = Client.valueOf(args[0]).start(URI.create(args[1]))) {
            Push push = args[2].equals("push") ? contestant.one("startup") : contestant.none();
            push.run(1);
        }
        System.exit(0);
    }
}
