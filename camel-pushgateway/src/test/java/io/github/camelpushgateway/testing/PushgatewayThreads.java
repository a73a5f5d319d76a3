package io.github.camelpushgateway.testing;

import java.util.List;

/** The threads of the clients in this JVM. */
public final class PushgatewayThreads {

    private PushgatewayThreads() {}

    /** Returns the names of all threads of clients. */
    public static List<String> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pushgateway-"))
                .toList();
    }

    /** Returns the names of the threads of clients of a gateway on loopback. */
    public static List<String> of(int port) {
        return all().stream()
                .filter(name -> name.matches("pushgateway-127\\.0\\.0\\.1-" + port + "(\\D.*)?"))
                .toList();
    }
}
